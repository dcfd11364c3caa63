package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ2_0Block;

/**
 * Encodes {@link TQ2_0Block}: the scale is the largest magnitude; importance does not matter.
 *
 * <p>Source: {@code quantize_row_tq2_0_ref} in ggml.
 */
final class TQ2_0Encoder implements BlockEncoder {
  private final int[] levels = new int[TQ2_0Block.LENGTH];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d = Math.abs(Extremes.largestMagnitude(x, at, TQ2_0Block.LENGTH));
    float inverse = d != 0 ? 1 / d : 0;
    LittleEndian.putShort(dst, dstAt + TQ2_0Block.D, HalfFloat.fromFloat(d));
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Ternary.round(x[at + i] * inverse);
    }
    TwoBitOrder.pack(levels, dst, dstAt + TQ2_0Block.QS);
  }
}
