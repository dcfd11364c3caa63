package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;
import java.util.function.Supplier;

/** Encodes rows block after block, with one block encoder and its scratch arrays a call. */
record BlockwiseEncoder(GgmlType type, Supplier<BlockEncoder> blockEncoders) implements RowEncoder {

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
    BlockEncoder blockEncoder = blockEncoders.get();
    int srcAt = srcOffset;
    int dstAt = dstOffset;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < rowLength; column += type.blockLength()) {
        blockEncoder.encode(src, srcAt, importance, importanceOffset + column, dst, dstAt);
        srcAt += type.blockLength();
        dstAt += type.blockBytes();
      }
    }
    return dstAt - dstOffset;
  }
}
