package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Reads elements stored as F16.
 *
 * <p>Source: {@code ggml_fp16_to_fp32_row} in ggml.
 */
final class F16Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    for (int i = 0; i < count; i++) {
      dst[dstOffset + i] =
          HalfFloat.toFloat(LittleEndian.getShort(src, srcOffset + i * Short.BYTES));
    }
    return count * Short.BYTES;
  }
}
