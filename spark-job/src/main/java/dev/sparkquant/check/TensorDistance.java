package dev.sparkquant.check;

/**
 * How far the second of two tensors lies from the first.
 *
 * @param identical whether the bytes are the same
 * @param squares sum of squares of the first's elements; 0 if the bytes are the same
 * @param squaredError sum over elements of the squared difference
 * @param largestError largest absolute difference of an element
 */
public record TensorDistance(
    boolean identical, double squares, double squaredError, double largestError) {
  static final TensorDistance IDENTICAL = new TensorDistance(true, 0, 0, 0);

  /** That of both runs of elements together. */
  TensorDistance plus(TensorDistance other) {
    return new TensorDistance(
        identical && other.identical,
        squares + other.squares,
        squaredError + other.squaredError,
        Math.max(largestError, other.largestError));
  }

  /** Root of squared error over squares; 0 if there is no error. */
  public double relativeRmsError() {
    return squaredError == 0 ? 0 : Math.sqrt(squaredError / squares);
  }
}
