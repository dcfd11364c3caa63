package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * Searches the scale that represents a sub-block of Q3_K best as {@code x = scale * (level - 4)}
 * with levels from 0 to 7: starts from the scale that maps the largest magnitude to -4, then moves
 * single levels as long as that lessens the error weighted with the squares of the elements.
 *
 * <p>Source: {@code make_q3_quants} in ggml.
 */
final class Q3_KSearch {
  /** Below that, elements count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int MAX_ROUNDS = 5;
  private static final int HALF = 4;

  private final int length;

  private float sumLX;
  private float sumL2;

  /** A search over sub-blocks of {@code length} elements. */
  Q3_KSearch(int length) {
    this.length = length;
  }

  /**
   * Searches for the elements from {@code x[at]} on.
   *
   * @param levels receives the level of each element from {@code levelsAt} on
   * @return the scale
   */
  float search(float[] x, int at, int[] levels, int levelsAt) {
    float extreme = Extremes.largestMagnitude(x, at, length);
    if (Math.abs(extreme) < ZERO) {
      Arrays.fill(levels, levelsAt, levelsAt + length, 0);
      return 0;
    }
    round(x, at, -HALF / extreme, levels, levelsAt);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (!improve(x, at, levels, levelsAt)) {
        break;
      }
    }
    for (int i = 0; i < length; i++) {
      levels[levelsAt + i] += HALF;
    }
    return sumL2 > 0 ? sumLX / sumL2 : 0;
  }

  private void round(float[] x, int at, float inverseScale, int[] levels, int levelsAt) {
    sumLX = 0;
    sumL2 = 0;
    for (int i = 0; i < length; i++) {
      float xi = x[at + i];
      int level = clamp(Rounding.nearestInt(inverseScale * xi));
      levels[levelsAt + i] = level;
      float w = xi * xi;
      sumLX += w * xi * level;
      sumL2 += w * level * level;
    }
  }

  /** Goes once through the levels and moves those that gain by it; whether any did. */
  private boolean improve(float[] x, int at, int[] levels, int levelsAt) {
    boolean changed = false;
    for (int i = 0; i < length; i++) {
      float xi = x[at + i];
      int level = levels[levelsAt + i];
      float w = xi * xi;
      float othersLX = sumLX - w * xi * level;
      if (othersLX > 0) {
        float othersL2 = sumL2 - w * level * level;
        int moved = clamp(Rounding.nearestInt(xi * othersL2 / othersLX));
        if (moved != level) {
          float movedLX = othersLX + w * xi * moved;
          float movedL2 = othersL2 + w * moved * moved;
          if (movedL2 > 0 && movedLX * movedLX * sumL2 > sumLX * sumLX * movedL2) {
            levels[levelsAt + i] = moved;
            sumLX = movedLX;
            sumL2 = movedL2;
            changed = true;
          }
        }
      }
    }
    return changed;
  }

  private static int clamp(int level) {
    return Math.max(-HALF, Math.min(HALF - 1, level));
  }
}
