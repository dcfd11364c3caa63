package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.E8m0;
import dev.sparkquant.kernels.block.MXFP4Block;

/**
 * Encodes {@link MXFP4Block}: a power of two, the largest magnitude's divided by 4, is the scale;
 * importance does not matter.
 *
 * <p>Source: {@code quantize_row_mxfp4_ref} in ggml.
 */
final class MXFP4Encoder implements BlockEncoder {
  private final int[] levels = new int[MXFP4Block.LENGTH];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float largest = Math.abs(Extremes.largestMagnitude(x, at, MXFP4Block.LENGTH));
    byte e = E8m0.fromMagnitude(largest);
    dst[dstAt + MXFP4Block.E] = e;
    float d = E8m0.toHalfScale(e);
    E2m1Rounding.round(x, at, d, levels);
    Nibbles.pack(levels, MXFP4Block.LENGTH, dst, dstAt + MXFP4Block.QS);
  }
}
