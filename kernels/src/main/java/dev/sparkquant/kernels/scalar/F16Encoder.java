package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Stores elements as F16; importance does not matter.
 *
 * <p>Source: {@code ggml_fp32_to_fp16_row} in ggml.
 */
final class F16Encoder implements RowEncoder {

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
      LittleEndian.putShort(
          dst, dstOffset + i * Short.BYTES, HalfFloat.fromFloat(src[srcOffset + i]));
    }
    return count * Short.BYTES;
  }
}
