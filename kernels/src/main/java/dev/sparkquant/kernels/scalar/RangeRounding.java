package dev.sparkquant.kernels.scalar;

/**
 * Represents a block as {@code x = scale * level + offset} without a search: the lowest element
 * becomes level 0, the highest the highest level, halves are rounded up.
 *
 * <p>Source: {@code quantize_row_q4_1_ref} and {@code quantize_row_q5_1_ref} in ggml.
 */
final class RangeRounding {
  private final int maxLevel;
  private float offset;

  RangeRounding(int maxLevel) {
    this.maxLevel = maxLevel;
  }

  /**
   * Rounds as many elements from {@code x[at]} on as there are levels.
   *
   * @param levels receives the levels, from 0 to the highest
   * @return the scale; {@link #offset()} goes with it
   */
  float round(float[] x, int at, int[] levels) {
    offset = x[at];
    float highest = x[at];
    for (int i = 1; i < levels.length; i++) {
      float xi = x[at + i];
      if (xi < offset) {
        offset = xi;
      }
      if (xi > highest) {
        highest = xi;
      }
    }
    float scale = (highest - offset) / maxLevel;
    float inverse = scale != 0 ? 1 / scale : 0;
    for (int i = 0; i < levels.length; i++) {
      int level = (byte) Conversions.truncate((x[at + i] - offset) * inverse + 0.5f);
      levels[i] = Math.min(maxLevel, level);
    }
    return scale;
  }

  /** The lowest element of the last block: what level 0 stands for. */
  float offset() {
    return offset;
  }
}
