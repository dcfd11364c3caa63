package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Encodes {@link IQ4_XSBlock}.
 *
 * <p>Source: {@code quantize_iq4_xs} in ggml.
 */
final class IQ4_XSEncoder implements BlockEncoder {
  private static final int HALF_SCALE_LEVELS = 32;

  private final IQ4Search search = new IQ4Search();
  private final float[] scales = new float[IQ4_XSBlock.SUB_BLOCKS];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    if (importance == null) {
      searchPlain(x, at);
    } else {
      searchWeighted(x, at, importance, importanceAt);
    }
    float d = -Extremes.largestMagnitude(scales, 0, scales.length) / HALF_SCALE_LEVELS;
    LittleEndian.putShort(dst, dstAt + IQ4_XSBlock.D, HalfFloat.fromFloat(d));
    float inverse = d != 0 ? 1 / d : 0;
    int scalesHigh = 0;
    int scalesLow = 0;
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      int level = Rounding.nearestInt(inverse * scales[j]);
      level = Math.max(-HALF_SCALE_LEVELS, Math.min(HALF_SCALE_LEVELS - 1, level));
      // The scale that the levels are chosen for is not yet rounded to a half float.
      float scale = d * level;
      int qs = dstAt + IQ4_XSBlock.QS + j * IQ4_XSBlock.SUB_LENGTH / 2;
      IQ4Search.pack(x, at + j * IQ4_XSBlock.SUB_LENGTH, scale != 0 ? 1 / scale : 0, dst, qs);
      int unsigned = level + HALF_SCALE_LEVELS;
      scalesLow |= (unsigned & 0xF) << (4 * j);
      scalesHigh |= unsigned >> 4 << (2 * j);
    }
    LittleEndian.putShort(dst, dstAt + IQ4_XSBlock.SCALES_H, (short) scalesHigh);
    LittleEndian.putInt(dst, dstAt + IQ4_XSBlock.SCALES_L, scalesLow);
  }

  private void searchPlain(float[] x, int at) {
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      scales[j] = search.search(x, at + j * IQ4_XSBlock.SUB_LENGTH);
    }
  }

  private void searchWeighted(float[] x, int at, float[] importance, int importanceAt) {
    float variance = Weights.sumOfSquares(x, at, IQ4_XSBlock.LENGTH) * (2f / IQ4_XSBlock.LENGTH);
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      int first = j * IQ4_XSBlock.SUB_LENGTH;
      scales[j] = search.search(x, at + first, importance, importanceAt + first, variance);
    }
  }
}
