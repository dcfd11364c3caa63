package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q8_0Block;

/**
 * Encodes {@link Q8_0Block}: the largest magnitude becomes 127, halves are rounded away from zero;
 * importance does not matter.
 *
 * <p>Source: {@code quantize_row_q8_0_ref} in ggml.
 */
final class Q8_0Encoder implements BlockEncoder {
  private static final int MAX_LEVEL = 127;

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d = Math.abs(Extremes.largestMagnitude(x, at, Q8_0Block.LENGTH)) / MAX_LEVEL;
    float inverse = d != 0 ? 1 / d : 0;
    LittleEndian.putShort(dst, dstAt + Q8_0Block.D, HalfFloat.fromFloat(d));
    for (int i = 0; i < Q8_0Block.LENGTH; i++) {
      float rounded = Conversions.round(x[at + i] * inverse);
      dst[dstAt + Q8_0Block.QS + i] = (byte) Conversions.truncate(rounded);
    }
  }
}
