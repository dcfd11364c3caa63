package dev.sparkquant.kernels.scalar;

/**
 * Represents a block as {@code x = scale * (level - half)} without a search: the element of the
 * largest magnitude becomes level 0, halves are rounded up.
 *
 * <p>Source: {@code quantize_row_q4_0_ref} and {@code quantize_row_q5_0_ref} in ggml.
 */
final class ExtremeRounding {

  private ExtremeRounding() {}

  /**
   * Rounds as many elements from {@code x[at]} on as there are levels.
   *
   * @param levels receives the levels, from 0 to {@code 2 * half - 1}
   * @return the scale
   */
  static float round(float[] x, int at, int half, int[] levels) {
    float scale = Extremes.largestMagnitude(x, at, levels.length) / -half;
    float inverse = scale != 0 ? 1 / scale : 0;
    for (int i = 0; i < levels.length; i++) {
      int level = (byte) Conversions.truncate(x[at + i] * inverse + (half + 0.5f));
      levels[i] = Math.min(2 * half - 1, level);
    }
    return scale;
  }
}
