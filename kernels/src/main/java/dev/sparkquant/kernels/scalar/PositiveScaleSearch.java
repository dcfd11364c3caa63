package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * Searches the scale that represents positive numbers best as {@code scale * level} with whole
 * levels from 0 to a maximum: first among scales near the one that spans the range, then by moving
 * single levels as long as that lessens the weighted squared error.
 *
 * <p>Levels are unsigned bytes, as in ggml: should one come out negative, it wraps around.
 *
 * <p>Source: {@code make_qp_quants} in ggml.
 */
final class PositiveScaleSearch {
  /** Below that, numbers count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int MAX_ROUNDS = 5;

  private final int maxLevel;

  private float sumLX;
  private float sumL2;

  PositiveScaleSearch(int maxLevel) {
    this.maxLevel = maxLevel;
  }

  /**
   * Searches for all of {@code x}.
   *
   * @param weights the weight of each number
   * @param levels receives the level of each number
   * @return the scale
   */
  float search(float[] x, float[] weights, int[] levels) {
    float highest = 0;
    for (float xi : x) {
      highest = highest > xi ? highest : xi;
    }
    if (highest < ZERO) {
      Arrays.fill(levels, 0);
      return 0;
    }
    round(x, weights, bestInverseScale(x, weights, highest), levels);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (!improve(x, weights, levels)) {
        break;
      }
    }
    return sumL2 > 0 ? sumLX / sumL2 : 0;
  }

  /** The inverse of the scale with the smallest error, out of nine. */
  private float bestInverseScale(float[] x, float[] weights, float highest) {
    float best = maxLevel / highest;
    float bestError = 0;
    for (int i = 0; i < x.length; i++) {
      int level = Rounding.nearestInt(best * x[i]) & 0xFF;
      float difference = x[i] - 1 / best * level;
      bestError += weights[i] * difference * difference;
    }
    for (int step = -4; step <= 4; step++) {
      if (step != 0) {
        float inverseScale = (0.1f * step + maxLevel) / highest;
        float error = error(x, weights, inverseScale);
        if (error < bestError) {
          bestError = error;
          best = inverseScale;
        }
      }
    }
    return best;
  }

  private float error(float[] x, float[] weights, float inverseScale) {
    float scale = 1 / inverseScale;
    float error = 0;
    for (int i = 0; i < x.length; i++) {
      int level = Math.min(maxLevel, Rounding.nearestInt(inverseScale * x[i]));
      float difference = x[i] - scale * level;
      error += weights[i] * difference * difference;
    }
    return error;
  }

  private void round(float[] x, float[] weights, float inverseScale, int[] levels) {
    sumLX = 0;
    sumL2 = 0;
    for (int i = 0; i < x.length; i++) {
      int level = Math.min(maxLevel, Rounding.nearestInt(inverseScale * x[i]));
      levels[i] = level & 0xFF;
      sumLX += weights[i] * x[i] * level;
      sumL2 += weights[i] * level * level;
    }
  }

  /** Goes once through the levels and moves those that gain by it; whether any did. */
  private boolean improve(float[] x, float[] weights, int[] levels) {
    boolean changed = false;
    for (int i = 0; i < x.length; i++) {
      float w = weights[i];
      float othersLX = sumLX - w * x[i] * levels[i];
      float othersL2 = sumL2 - w * levels[i] * levels[i];
      if (othersLX > 0 && othersL2 > 0) {
        int level = Math.min(maxLevel, Rounding.nearestInt(x[i] * othersL2 / othersLX));
        if (level != levels[i]) {
          float movedLX = othersLX + w * x[i] * level;
          float movedL2 = othersL2 + w * level * level;
          if (movedLX * movedLX * sumL2 > sumLX * sumLX * movedL2) {
            levels[i] = level & 0xFF;
            sumLX = movedLX;
            sumL2 = movedL2;
            changed = true;
          }
        }
      }
    }
    return changed;
  }
}
