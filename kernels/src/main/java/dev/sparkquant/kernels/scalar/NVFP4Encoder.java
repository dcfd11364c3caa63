package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.UnsignedE4m3;
import dev.sparkquant.kernels.block.NVFP4Block;

/**
 * Encodes {@link NVFP4Block}: each sub-block's scale maps its largest magnitude to 6, the largest
 * number of E2M1; importance does not matter.
 *
 * <p>Source: {@code quantize_row_nvfp4_ref} in ggml.
 */
final class NVFP4Encoder implements BlockEncoder {
  private final int[] levels = new int[NVFP4Block.SUB_LENGTH];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
      int first = at + j * NVFP4Block.SUB_LENGTH;
      float largest = Math.abs(Extremes.largestMagnitude(x, first, NVFP4Block.SUB_LENGTH));
      byte scale = UnsignedE4m3.fromFloat(largest / 6);
      dst[dstAt + NVFP4Block.D + j] = scale;
      E2m1Rounding.round(x, first, UnsignedE4m3.toHalfScale(scale), levels);
      int qs = dstAt + NVFP4Block.QS + j * NVFP4Block.SUB_LENGTH / 2;
      Nibbles.pack(levels, NVFP4Block.SUB_LENGTH, dst, qs);
    }
  }
}
