package dev.sparkquant.kernels.vector;

/** Mean squares of rows, added up in order. */
final class MeanSquares {
  private static final int AT_A_TIME = 4;

  private MeanSquares() {}

  /**
   * The mean square of each of {@code rows} successive rows.
   *
   * @param means receives them, from index 0 on
   */
  static void ofRows(float[] x, int at, int rows, int length, float[] means) {
    int row = 0;
    for (; row + AT_A_TIME <= rows; row += AT_A_TIME) {
      ofFour(x, at + row * length, length, means, row);
    }
    for (; row < rows; row++) {
      float sum = 0;
      for (int i = at + row * length; i < at + (row + 1) * length; i++) {
        sum += x[i] * x[i];
      }
      means[row] = sum / length;
    }
  }

  /** Four rows side by side: a sum in order waits for every addition, four wait together. */
  private static void ofFour(float[] x, int at, int length, float[] means, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = at; i < at + length; i++) {
      a += x[i] * x[i];
      b += x[i + length] * x[i + length];
      c += x[i + 2 * length] * x[i + 2 * length];
      d += x[i + 3 * length] * x[i + 3 * length];
    }
    means[to] = a / length;
    means[to + 1] = b / length;
    means[to + 2] = c / length;
    means[to + 3] = d / length;
  }
}
