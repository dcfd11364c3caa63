package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.IQ4Values;

/**
 * Searches the scale that represents 32 elements best as {@code x = scale * value} with the values
 * of {@link IQ4Values}.
 *
 * <p>Each candidate picks values with an inverse scale near the one that maps the largest magnitude
 * to the first value, and fits the scale to the values by weighted least squares. The candidate
 * that explains most of the weighted squares wins.
 *
 * <p>Source: {@code quantize_row_iq4_nl_impl} and {@code best_index_int8} in ggml.
 */
final class IQ4Search {
  /** Elements that are searched together. */
  static final int LENGTH = 32;

  /** Below that, elements count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int STEPS_EITHER_SIDE = 7;

  private static final float[] VALUES = new float[16];

  static {
    for (int q = 0; q < VALUES.length; q++) {
      VALUES[q] = IQ4Values.value(q);
    }
  }

  private final float[] weights = new float[LENGTH];

  private float sumQX;
  private float sumQ2;

  /** The scale of the elements from {@code x[at]} on, each weighted with its square. */
  float search(float[] x, int at) {
    for (int i = 0; i < LENGTH; i++) {
      weights[i] = x[at + i] * x[at + i];
    }
    return searchWeighted(x, at);
  }

  /**
   * The scale of the elements from {@code x[at]} on, weighted with importance.
   *
   * @param variance of the elements, see {@link Weights#fromImportance}
   */
  float search(float[] x, int at, float[] importance, int importanceAt, float variance) {
    Weights.fromImportance(x, at, importance, importanceAt, variance, weights);
    return searchWeighted(x, at);
  }

  private float searchWeighted(float[] x, int at) {
    float extreme = Extremes.largestMagnitude(x, at, LENGTH);
    if (Math.abs(extreme) < ZERO) {
      return 0;
    }
    sum(x, at, 1 / (-extreme / VALUES[0]));
    float scale = sumQ2 > 0 ? sumQX / sumQ2 : 0;
    float best = scale * sumQX;
    for (int step = -STEPS_EITHER_SIDE; step <= STEPS_EITHER_SIDE; step++) {
      sum(x, at, (step + VALUES[0]) / extreme);
      if (sumQ2 > 0 && sumQX * sumQX > best * sumQ2) {
        scale = sumQX / sumQ2;
        best = scale * sumQX;
      }
    }
    return scale;
  }

  /** Sums up what the least squares fit needs. */
  private void sum(float[] x, int at, float inverseScale) {
    float qx = 0;
    float q2 = 0;
    for (int i = 0; i < LENGTH; i++) {
      float value = VALUES[nearest(inverseScale * x[at + i])];
      qx += weights[i] * value * x[at + i];
      q2 += weights[i] * value * value;
    }
    sumQX = qx;
    sumQ2 = q2;
  }

  /**
   * Chooses values for 32 elements with a settled scale and packs their numbers: the first sixteen
   * into the low nibbles of sixteen bytes, the others into the high.
   */
  static void pack(float[] x, int at, float inverseScale, byte[] dst, int dstAt) {
    for (int i = 0; i < LENGTH / 2; i++) {
      int low = nearest(inverseScale * x[at + i]);
      int high = nearest(inverseScale * x[at + LENGTH / 2 + i]);
      dst[dstAt + i] = (byte) (low | high << 4);
    }
  }

  /** The number of the nearest value; of two equally near, the higher. */
  private static int nearest(float scaled) {
    int last = VALUES.length - 1;
    if (scaled <= VALUES[0]) {
      return 0;
    }
    if (scaled >= VALUES[last]) {
      return last;
    }
    int below = 0;
    int above = last;
    while (above - below > 1) {
      int middle = (below + above) / 2;
      if (scaled < VALUES[middle]) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return scaled - VALUES[above - 1] < VALUES[above] - scaled ? above - 1 : above;
  }
}
