package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.E2m1Values;

/**
 * Rounds elements to the nearest of the {@link E2m1Values}; of two equally near ones the one with
 * the smaller code, which is the smaller in magnitude.
 *
 * <p>Source: {@code best_index_mxfp4} in ggml.
 */
final class E2m1Rounding {

  private E2m1Rounding() {}

  /**
   * Rounds as many elements from {@code x[at]} on as there are levels.
   *
   * @param scale what the value 1 stands for
   * @param levels receives the codes
   */
  static void round(float[] x, int at, float scale, int[] levels) {
    for (int i = 0; i < levels.length; i++) {
      levels[i] = nearest(x[at + i], scale);
    }
  }

  private static int nearest(float x, float scale) {
    int nearest = 0;
    float smallestError = Math.abs(E2m1Values.value(0) * scale - x);
    for (int q = 1; q < E2m1Values.COUNT; q++) {
      float error = Math.abs(E2m1Values.value(q) * scale - x);
      if (error < smallestError) {
        nearest = q;
        smallestError = error;
      }
    }
    return nearest;
  }
}
