package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * Searches the scale that represents a sub-block best as {@code x = scale * (level - half)} with
 * levels from 0 to {@code 2 * half - 1}.
 *
 * <p>Each candidate rounds the elements with an inverse scale near the one that maps the largest
 * magnitude to level 0, and fits the scale to the levels by weighted least squares. The candidate
 * that explains most of the weighted squares wins.
 *
 * <p>Source: {@code make_qx_quants} in ggml, with weights.
 */
final class SymmetricSearch {
  /** Below that, elements count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int STEPS_EITHER_SIDE = 9;

  private final int length;
  private final int half;

  private float sumLX;
  private float sumL2;

  /** A search over sub-blocks of {@code length} elements for {@code 2 * half} levels. */
  SymmetricSearch(int length, int half) {
    this.length = length;
    this.half = half;
  }

  /**
   * Searches for the elements from {@code x[at]} on.
   *
   * @param weights the weight of each element from {@code weightsAt} on
   * @param levels receives the level of each element from {@code levelsAt} on
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
    for (int step = -STEPS_EITHER_SIDE; step <= STEPS_EITHER_SIDE; step++) {
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
      levels[levelsAt + i] = half + round(bestInverse * x[at + i]);
    }
    return scale;
  }

  /** Sums up what the least squares fit needs. */
  private void sum(float[] x, int at, float[] weights, int weightsAt, float inverseScale) {
    float lx = 0;
    float l2 = 0;
    for (int i = 0; i < length; i++) {
      int level = round(inverseScale * x[at + i]);
      float w = weights[weightsAt + i];
      lx += w * x[at + i] * level;
      l2 += w * level * level;
    }
    sumLX = lx;
    sumL2 = l2;
  }

  private int round(float scaled) {
    return Math.max(-half, Math.min(half - 1, Rounding.nearestInt(scaled)));
  }
}
