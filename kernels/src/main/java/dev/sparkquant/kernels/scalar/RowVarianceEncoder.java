package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;
import java.util.function.Supplier;

/**
 * Encodes rows block after block; an importance is first weighted with the magnitude of the
 * elements, for which the mean square of the whole row counts.
 *
 * <p>The block encoders get those weights as importance. Source: {@code quantize_row_q4_0_impl} and
 * its like for Q4_1, Q5_0 and Q5_1 in ggml.
 */
record RowVarianceEncoder(GgmlType type, Supplier<BlockEncoder> blockEncoders)
    implements RowEncoder {

  @Override
  public int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset) {
    if (importance == null) {
      return new BlockwiseEncoder(type, blockEncoders)
          .encode(src, srcOffset, rows, rowLength, null, 0, dst, dstOffset);
    }
    BlockEncoder blockEncoder = blockEncoders.get();
    float[] weights = new float[type.blockLength()];
    int srcAt = srcOffset;
    int dstAt = dstOffset;
    for (int row = 0; row < rows; row++) {
      float variance = Weights.sumOfSquares(src, srcAt, rowLength) / rowLength;
      for (int column = 0; column < rowLength; column += type.blockLength()) {
        Weights.fromImportance(
            src, srcAt, importance, importanceOffset + column, variance, weights);
        blockEncoder.encode(src, srcAt, weights, 0, dst, dstAt);
        srcAt += type.blockLength();
        dstAt += type.blockBytes();
      }
    }
    return dstAt - dstOffset;
  }
}
