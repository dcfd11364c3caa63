package dev.sparkquant.kernels.scalar;

/** Rounds elements to the levels of a scale that is settled. */
final class Levels {

  private Levels() {}

  /** Levels from 0 to {@code maxLevel} for {@code x = scale * level - min}. */
  static void roundAffine(
      float[] x, int at, int length, float scale, float min, int maxLevel, int[] levels, int to) {
    for (int i = 0; i < length; i++) {
      int level = Rounding.nearestInt((x[at + i] + min) / scale);
      levels[to + i] = Math.max(0, Math.min(maxLevel, level));
    }
  }

  /** Levels from 0 to {@code 2 * half - 1} for {@code x = scale * (level - half)}. */
  static void roundSymmetric(
      float[] x, int at, int length, float scale, int half, int[] levels, int to) {
    for (int i = 0; i < length; i++) {
      int level = Rounding.nearestInt(x[at + i] / scale);
      levels[to + i] = half + Math.max(-half, Math.min(half - 1, level));
    }
  }

  /**
   * Rounds the scales or mins of sub-blocks to multiples of the {@code maxLevel}-th part of the
   * largest.
   *
   * @return that part, 0 if no number is above zero
   */
  static float roundToLargest(float[] numbers, int maxLevel, int[] levels) {
    float largest = 0;
    for (float number : numbers) {
      if (number > largest) {
        largest = number;
      }
    }
    float inverse = largest > 0 ? maxLevel / largest : 0;
    for (int j = 0; j < numbers.length; j++) {
      levels[j] = Rounding.nearestInt(inverse * numbers[j]);
    }
    return largest / maxLevel;
  }
}
