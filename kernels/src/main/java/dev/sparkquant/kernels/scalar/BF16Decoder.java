package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.Bfloat16;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Reads elements stored as BF16.
 *
 * <p>Source: {@code ggml_bf16_to_fp32_row} in ggml.
 */
final class BF16Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    for (int i = 0; i < count; i++) {
      dst[dstOffset + i] =
          Bfloat16.toFloat(LittleEndian.getShort(src, srcOffset + i * Short.BYTES));
    }
    return count * Short.BYTES;
  }
}
