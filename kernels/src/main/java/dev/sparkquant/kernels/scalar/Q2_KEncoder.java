package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_KBlock;

/**
 * Encodes {@link Q2_KBlock}.
 *
 * <p>Source: {@code quantize_row_q2_K_ref} and {@code quantize_row_q2_K_impl} in ggml.
 */
final class Q2_KEncoder implements BlockEncoder {
  private static final int MAX_LEVEL = 3;
  private static final int MAX_SCALE_LEVEL = 15;

  private final AffineSearch plainSearch =
      new AffineSearch(
          Q2_KBlock.SUB_LENGTH, MAX_LEVEL, new AffineSearch.Steps(-0.5f, 0.1f, 16, true));
  private final AffineSearch weightedSearch =
      new AffineSearch(Q2_KBlock.SUB_LENGTH, MAX_LEVEL, AffineSearch.Steps.WEIGHTED);
  private final PositiveScaleSearch scaleSearch = new PositiveScaleSearch(MAX_SCALE_LEVEL);

  private final float[] weights = new float[Q2_KBlock.SUB_LENGTH];
  private final int[] levels = new int[Q2_KBlock.LENGTH];
  private final float[] weightSums = new float[Q2_KBlock.SUB_BLOCKS];
  private final float[] scales = new float[Q2_KBlock.SUB_BLOCKS];
  private final float[] mins = new float[Q2_KBlock.SUB_BLOCKS];
  private final int[] scaleLevels = new int[Q2_KBlock.SUB_BLOCKS];
  private final int[] minLevels = new int[Q2_KBlock.SUB_BLOCKS];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d;
    float dmin;
    if (importance == null) {
      searchPlain(x, at);
      d = Levels.roundToLargest(scales, MAX_SCALE_LEVEL, scaleLevels);
      dmin = Levels.roundToLargest(mins, MAX_SCALE_LEVEL, minLevels);
    } else {
      searchWeighted(x, at, importance, importanceAt);
      d = scaleSearch.search(scales, weightSums, scaleLevels);
      dmin = scaleSearch.search(mins, weightSums, minLevels);
    }
    LittleEndian.putShort(dst, dstAt + Q2_KBlock.D, HalfFloat.fromFloat(d));
    LittleEndian.putShort(dst, dstAt + Q2_KBlock.DMIN, HalfFloat.fromFloat(dmin));
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      dst[dstAt + Q2_KBlock.SCALES + j] = (byte) (scaleLevels[j] | minLevels[j] << 4);
    }
    roundToStoredScales(x, at, dst, dstAt);
    TwoBitOrder.pack(levels, dst, dstAt + Q2_KBlock.QS);
  }

  private void searchPlain(float[] x, int at) {
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      int first = j * Q2_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q2_KBlock.SUB_LENGTH; i++) {
        weights[i] = Math.abs(x[at + first + i]);
      }
      scales[j] = plainSearch.search(x, at + first, weights, levels, first);
      mins[j] = plainSearch.min();
    }
  }

  private void searchWeighted(float[] x, int at, float[] importance, int importanceAt) {
    float variance = Weights.sumOfSquares(x, at, Q2_KBlock.LENGTH) / Q2_KBlock.LENGTH;
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      int first = j * Q2_KBlock.SUB_LENGTH;
      Weights.fromImportance(x, at + first, importance, importanceAt + first, variance, weights);
      weightSums[j] = Weights.sum(weights);
      scales[j] = weightedSearch.search(x, at + first, weights, levels, first);
      mins[j] = weightedSearch.min();
    }
  }

  /** Rounds the elements anew, with the scales that the block holds; levels of scale 0 stay. */
  private void roundToStoredScales(float[] x, int at, byte[] block, int blockAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q2_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q2_KBlock.DMIN));
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      int packed = block[blockAt + Q2_KBlock.SCALES + j] & 0xFF;
      float scale = d * (packed & 0xF);
      if (scale != 0) {
        int first = j * Q2_KBlock.SUB_LENGTH;
        float min = dmin * (packed >> 4);
        Levels.roundAffine(
            x, at + first, Q2_KBlock.SUB_LENGTH, scale, min, MAX_LEVEL, levels, first);
      }
    }
  }
}
