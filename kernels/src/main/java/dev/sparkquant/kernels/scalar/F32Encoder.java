package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Stores elements as F32; importance does not matter.
 *
 * <p>Source: {@code ggml_quantize_chunk} in ggml.
 */
final class F32Encoder implements RowEncoder {

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
    int count = rows * rowLength;
    for (int i = 0; i < count; i++) {
      LittleEndian.putFloat(dst, dstOffset + i * Float.BYTES, src[srcOffset + i]);
    }
    return count * Float.BYTES;
  }
}
