package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_0Block;

/**
 * Encodes {@link Q2_0Block}: the scale is the largest magnitude, so that of the levels -1, 0, 1 and
 * 2 the last stays unused; importance does not matter.
 *
 * <p>Source: {@code quantize_row_q2_0_ref} in ggml.
 */
final class Q2_0Encoder implements BlockEncoder {
  private static final int ELEMENTS_A_BYTE = 4;

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d = Math.abs(Extremes.largestMagnitude(x, at, Q2_0Block.LENGTH));
    float inverse = d > 0 ? 1 / d : 0;
    LittleEndian.putShort(dst, dstAt + Q2_0Block.D, HalfFloat.fromFloat(d));
    for (int i = 0; i < Q2_0Block.LENGTH; i += ELEMENTS_A_BYTE) {
      int packed = 0;
      for (int j = 0; j < ELEMENTS_A_BYTE; j++) {
        int q = Conversions.truncate(Conversions.round(x[at + i + j] * inverse)) + 1;
        packed |= Math.max(0, Math.min(3, q)) << 2 * j;
      }
      dst[dstAt + Q2_0Block.QS + i / ELEMENTS_A_BYTE] = (byte) packed;
    }
  }
}
