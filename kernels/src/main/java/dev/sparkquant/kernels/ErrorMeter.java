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
   * @param count a whole number of steps
   */
  protected abstract void sum(
      float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count);

  /**
   * Adds {@code count} elements: those of the source from {@code sourceFrom} on, the decoded ones
   * from the first on. What is added in several turns gives the same sums as in one, if all but the
   * last are multiples of {@value #BLOCK}.
   */
  public final void add(float[] source, int sourceFrom, float[] decoded, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      addBlock(source, sourceFrom + from, decoded, from, Math.min(BLOCK, count - from));
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

  private void addBlock(
      float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count) {
    Arrays.fill(errors, 0);
    Arrays.fill(squares, 0);
    int whole = count - count % LANES;
    sum(source, sourceFrom, decoded, decodedFrom, whole);
    for (int i = whole; i < count; i++) {
      addElement(i - whole, source[sourceFrom + i], decoded[decodedFrom + i]);
    }
    float error = foldLanes(errors);
    float square = foldLanes(squares);
    squaredError +=
        isExact(error)
            ? error
            : squaresOfDifferences(source, sourceFrom, decoded, decodedFrom, count);
    squaredSource += isExact(square) ? square : squaresOf(source, sourceFrom, count);
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

  private static double squaresOfDifferences(
      float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double error = (double) decoded[decodedFrom + i] - source[sourceFrom + i];
      sum += error * error;
    }
    return sum;
  }

  private static double squaresOf(float[] source, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) source[i] * source[i];
    }
    return sum;
  }
}
