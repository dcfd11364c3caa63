package dev.sparkquant.kernels.scalar;

/** The weights with which searches judge the errors of elements. */
final class Weights {

  private Weights() {}

  /** The sum of {@code length} squares, added up in order. */
  static float sumOfSquares(float[] x, int at, int length) {
    float sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }

  /** The sum of all numbers, added up in order. */
  static float sum(float[] numbers) {
    float sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum;
  }

  /** The square root, rounded to float. */
  static float sqrt(float number) {
    return (float) Math.sqrt(number);
  }

  /**
   * Weights importance with the magnitude of the elements: {@code importance * sqrt(variance +
   * x^2)}.
   *
   * @param weights filled from index 0 on
   */
  static void fromImportance(
      float[] x, int at, float[] importance, int importanceAt, float variance, float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      float xi = x[at + i];
      weights[i] = importance[importanceAt + i] * sqrt(variance + xi * xi);
    }
  }
}
