package dev.sparkquant.kernels;

import java.util.Arrays;

/**
 * Measures how far decoded elements lie from their source: the squares of the differences, those of
 * the source, and the largest difference.
 *
 * <p>Squares are floats. They are summed up in {@value #LANES} lanes, element {@code i} in lane
 * {@code i % 16}, over {@value #BLOCK} elements; then the lanes pairwise, and the blocks as
 * doubles. Relative errors stay below a hundred-thousandth, and the result is the same to the last
 * bit whatever the width of vectors. Blocks whose sums leave the range where that holds are summed
 * up as doubles.
 *
 * <p>Not for use by several threads at once.
 */
public abstract class ErrorMeter {
  protected static final int LANES = 16;
  private static final int BLOCK = 1024;

  /** Sums below this may have lost squares to underflow. */
  private static final float SMALLEST = 0x1p-80f;

  /** What the lanes hold of the block at hand. */
  protected final float[] errors = new float[LANES];

  protected final float[] squares = new float[LANES];

  /** The largest differences of all blocks. */
  protected final float[] largestErrors = new float[LANES];

  private double squaredError;
  private double squaredSource;

  /**
   * Sums up whole steps of the lanes, in order, into {@link #errors} and {@link #squares}, which
   * hold zeros, and raises {@link #largestErrors}.
   *
   * @param end a whole number of steps after {@code from}
   */
  protected abstract void sum(float[] source, float[] decoded, int from, int end);

  /** Adds the first {@code count} elements. */
  public final void add(float[] source, float[] decoded, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      addBlock(source, decoded, from, Math.min(from + BLOCK, count));
    }
  }

  /** The sum of the squared differences. */
  public final double squaredError() {
    return squaredError;
  }

  /** The sum of the squared elements of the source. */
  public final double squaredSource() {
    return squaredSource;
  }

  /** The largest magnitude of a difference. */
  public final float largestError() {
    float largest = 0;
    for (float error : largestErrors) {
      largest = Math.max(largest, error);
    }
    return largest;
  }

  private void addBlock(float[] source, float[] decoded, int from, int to) {
    Arrays.fill(errors, 0);
    Arrays.fill(squares, 0);
    int end = to - (to - from) % LANES;
    sum(source, decoded, from, end);
    for (int i = end; i < to; i++) {
      addElement(i - end, source[i], decoded[i]);
    }
    float error = foldLanes(errors);
    float square = foldLanes(squares);
    squaredError += isExact(error) ? error : squaresOfDifferences(source, decoded, from, to);
    squaredSource += isExact(square) ? square : squaresOf(source, from, to);
  }

  /** Adds one element to its lane. */
  protected final void addElement(int lane, float source, float decoded) {
    float error = decoded - source;
    errors[lane] += error * error;
    squares[lane] += source * source;
    largestErrors[lane] = Math.max(largestErrors[lane], Math.abs(error));
  }

  private static float foldLanes(float[] lanes) {
    for (int half = LANES / 2; half >= 1; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static boolean isExact(float sum) {
    return sum >= SMALLEST && sum <= Float.MAX_VALUE;
  }

  private static double squaresOfDifferences(float[] source, float[] decoded, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double error = (double) decoded[i] - source[i];
      sum += error * error;
    }
    return sum;
  }

  private static double squaresOf(float[] source, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) source[i] * source[i];
    }
    return sum;
  }
}
