package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_KBlock;

/**
 * What Q4_K and Q5_K encode alike: all but the levels' bits. Both start with d, dmin and {@link
 * SixBitScales}; offsets are named after {@link Q4_KBlock}.
 *
 * <p>Source: {@code quantize_row_q4_K_ref}, {@code quantize_row_q4_K_impl} and the same of q5_K in
 * ggml.
 */
abstract class SixBitScaleEncoder implements BlockEncoder {
  private static final int LENGTH = Q4_KBlock.LENGTH;
  private static final int SUB_LENGTH = Q4_KBlock.SUB_LENGTH;
  private static final int SUB_BLOCKS = Q4_KBlock.SUB_BLOCKS;
  static final int MAX_SCALE_LEVEL = 63;

  private final int maxLevel;
  private final int weightedScaleLimit;
  private final AffineSearch plainSearch;
  private final AffineSearch weightedSearch;
  private final PositiveScaleSearch scaleSearch = new PositiveScaleSearch(MAX_SCALE_LEVEL);

  private final float[] weights = new float[SUB_LENGTH];
  private final int[] levels = new int[LENGTH];
  private final float[] weightSums = new float[SUB_BLOCKS];
  private final float[] scales = new float[SUB_BLOCKS];
  private final float[] mins = new float[SUB_BLOCKS];
  private final int[] scaleLevels = new int[SUB_BLOCKS];
  private final int[] minLevels = new int[SUB_BLOCKS];

  /**
   * @param maxLevel the largest level of an element
   * @param plainSteps the steps of the search without importance
   * @param weightedScaleLimit what levels of scales and mins found with importance are clamped to;
   *     ggml does so for Q5_K only
   */
  SixBitScaleEncoder(int maxLevel, AffineSearch.Steps plainSteps, int weightedScaleLimit) {
    this.maxLevel = maxLevel;
    this.weightedScaleLimit = weightedScaleLimit;
    this.plainSearch = new AffineSearch(SUB_LENGTH, maxLevel, plainSteps);
    this.weightedSearch = new AffineSearch(SUB_LENGTH, maxLevel, AffineSearch.Steps.WEIGHTED);
  }

  /** Packs the levels of 256 elements into the block at byte {@code blockAt}. */
  abstract void packLevels(int[] levels, byte[] block, int blockAt);

  @Override
  public final void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d;
    float dmin;
    if (importance == null) {
      searchPlain(x, at);
      d = Levels.roundToLargest(scales, MAX_SCALE_LEVEL, scaleLevels);
      dmin = Levels.roundToLargest(mins, MAX_SCALE_LEVEL, minLevels);
      clampUnsigned(scaleLevels, MAX_SCALE_LEVEL);
      clampUnsigned(minLevels, MAX_SCALE_LEVEL);
    } else {
      searchWeighted(x, at, importance, importanceAt);
      d = scaleSearch.search(scales, weightSums, scaleLevels);
      dmin = scaleSearch.search(mins, weightSums, minLevels);
      clampUnsigned(scaleLevels, weightedScaleLimit);
      clampUnsigned(minLevels, weightedScaleLimit);
    }
    LittleEndian.putShort(dst, dstAt + Q4_KBlock.D, HalfFloat.fromFloat(d));
    LittleEndian.putShort(dst, dstAt + Q4_KBlock.DMIN, HalfFloat.fromFloat(dmin));
    for (int j = 0; j < SUB_BLOCKS; j++) {
      SixBitScales.put(dst, dstAt + Q4_KBlock.SCALES, j, scaleLevels[j], minLevels[j]);
    }
    roundToStoredScales(x, at, dst, dstAt);
    packLevels(levels, dst, dstAt);
  }

  private void searchPlain(float[] x, int at) {
    for (int j = 0; j < SUB_BLOCKS; j++) {
      int first = j * SUB_LENGTH;
      float rms = Weights.sqrt(Weights.sumOfSquares(x, at + first, SUB_LENGTH) / SUB_LENGTH);
      for (int i = 0; i < SUB_LENGTH; i++) {
        weights[i] = rms + Math.abs(x[at + first + i]);
      }
      scales[j] = plainSearch.search(x, at + first, weights, levels, first);
      mins[j] = plainSearch.min();
    }
  }

  private void searchWeighted(float[] x, int at, float[] importance, int importanceAt) {
    float variance = 2 * Weights.sumOfSquares(x, at, LENGTH) / LENGTH;
    for (int j = 0; j < SUB_BLOCKS; j++) {
      int first = j * SUB_LENGTH;
      Weights.fromImportance(x, at + first, importance, importanceAt + first, variance, weights);
      weightSums[j] = Weights.sum(weights);
      scales[j] = weightedSearch.search(x, at + first, weights, levels, first);
      mins[j] = weightedSearch.min();
    }
  }

  /** Clamps levels from above, after a negative one has wrapped around as ggml's bytes do. */
  private static void clampUnsigned(int[] scaleLevels, int limit) {
    for (int j = 0; j < scaleLevels.length; j++) {
      scaleLevels[j] = Math.min(limit, scaleLevels[j] & 0xFF);
    }
  }

  /** Rounds the elements anew, with the scales that the block holds; levels of scale 0 stay. */
  private void roundToStoredScales(float[] x, int at, byte[] block, int blockAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q4_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q4_KBlock.DMIN));
    int scalesAt = blockAt + Q4_KBlock.SCALES;
    for (int j = 0; j < SUB_BLOCKS; j++) {
      float scale = d * SixBitScales.scale(block, scalesAt, j);
      if (scale != 0) {
        float min = dmin * SixBitScales.min(block, scalesAt, j);
        int first = j * SUB_LENGTH;
        Levels.roundAffine(x, at + first, SUB_LENGTH, scale, min, maxLevel, levels, first);
      }
    }
  }
}
