package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * Searches the scale that represents a sub-block best as {@code x = scale * (level - half)} with
 * levels from 0 to {@code 2 * half - 1}.
 *
 * <p>The first candidate maps the element of the largest magnitude to level 0; eighteen more map it
 * up to 0.9 levels beyond or short of that. Each candidate rounds the elements to levels and fits
 * the scale to them by weighted least squares; the first with the smallest weighted squared error
 * wins.
 *
 * <p>Source: {@code make_qx_quants} in ggml with {@code rmse_type} 1.
 */
final class SymmetricSearch {
  /** Below that, elements count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int STEPS_EACH_WAY = 9;

  private final int length;
  private final int half;

  private float sumLX;
  private float sumL2;

  /** A search over sub-blocks of {@code length} elements for levels below {@code 2 * half}. */
  SymmetricSearch(int length, int half) {
    this.length = length;
    this.half = half;
  }

  /**
   * Searches for the elements from {@code x[at]} on.
   *
   * @param weights the weight of each element from {@code weightsAt} on; null for the squares of
   *     the elements
   * @param levels receives the level of each element from {@code levelsAt} on; all 0, not {@code
   *     half}, if the elements count as zero
   * @return the scale
   */
  float search(float[] x, int at, float[] weights, int weightsAt, int[] levels, int levelsAt) {
    float extreme = Extremes.largestMagnitude(x, at, length);
    if (Math.abs(extreme) < ZERO) {
      Arrays.fill(levels, levelsAt, levelsAt + length, 0);
      return 0;
    }
    float bestInverse = -half / extreme;
    sum(x, at, weights, weightsAt, bestInverse);
    float scale = sumL2 != 0 ? sumLX / sumL2 : 0;
    float best = scale * sumLX;
    for (int step = -STEPS_EACH_WAY; step <= STEPS_EACH_WAY; step++) {
      if (step != 0) {
        float inverse = -(half + 0.1f * step) / extreme;
        sum(x, at, weights, weightsAt, inverse);
        if (sumL2 > 0 && sumLX * sumLX > best * sumL2) {
          bestInverse = inverse;
          scale = sumLX / sumL2;
          best = scale * sumLX;
        }
      }
    }
    for (int i = 0; i < length; i++) {
      levels[levelsAt + i] = half + level(bestInverse * x[at + i]);
    }
    return scale;
  }

  /** Sums up what the least squares fit needs for the levels that an inverse scale gives. */
  private void sum(float[] x, int at, float[] weights, int weightsAt, float inverseScale) {
    float lx = 0;
    float l2 = 0;
    for (int i = 0; i < length; i++) {
      float xi = x[at + i];
      int level = level(inverseScale * xi);
      float w = weights == null ? xi * xi : weights[weightsAt + i];
      lx += w * xi * level;
      l2 += w * level * level;
    }
    sumLX = lx;
    sumL2 = l2;
  }

  /** The nearest level, counted from the middle one. */
  private int level(float scaled) {
    return Math.max(-half, Math.min(half - 1, Rounding.nearestInt(scaled)));
  }
}
