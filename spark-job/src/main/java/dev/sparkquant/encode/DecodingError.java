package dev.sparkquant.encode;

/** Sums up how far decoded elements lie from their source, element by element in order. */
final class DecodingError {
  private double squared;
  private float largest;

  void add(float[] source, float[] decoded, int count) {
    // Four partial sums in a fixed order: exact repeatability without one long chain of additions.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    float max = largest;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      float e0 = decoded[i] - source[i];
      float e1 = decoded[i + 1] - source[i + 1];
      float e2 = decoded[i + 2] - source[i + 2];
      float e3 = decoded[i + 3] - source[i + 3];
      sum0 += (double) e0 * e0;
      sum1 += (double) e1 * e1;
      sum2 += (double) e2 * e2;
      sum3 += (double) e3 * e3;
      max = Math.max(Math.max(max, Math.abs(e0)), Math.abs(e1));
      max = Math.max(Math.max(max, Math.abs(e2)), Math.abs(e3));
    }
    for (; i < count; i++) {
      float e = decoded[i] - source[i];
      sum0 += (double) e * e;
      max = Math.max(max, Math.abs(e));
    }
    squared += (sum0 + sum1) + (sum2 + sum3);
    largest = max;
  }

  static double squares(float[] source, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      sum0 += (double) source[i] * source[i];
      sum1 += (double) source[i + 1] * source[i + 1];
      sum2 += (double) source[i + 2] * source[i + 2];
      sum3 += (double) source[i + 3] * source[i + 3];
    }
    for (; i < count; i++) {
      sum0 += (double) source[i] * source[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  double squared() {
    return squared;
  }

  double largest() {
    return largest;
  }
}
