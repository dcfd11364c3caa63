package dev.sparkquant.job;

import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.SourceTensor;

/**
 * What became of one tensor in one output.
 *
 * @param crc32c of its data in the output, as eight hexadecimal digits
 * @param squares sum of squares of the source elements; 0 for a copy
 * @param squaredError sum over elements of (decoded - source) squared
 * @param largestError largest absolute difference of an element
 * @param encodeNanos time spent in the encoder, over all threads
 */
public record TensorOutcome(
    OutputFile output,
    OutputTensor tensor,
    SourceTensor source,
    String crc32c,
    double squares,
    double squaredError,
    double largestError,
    long encodeNanos) {

  /** Root of squared error over squares: 0 for a copy. */
  public double relativeRmsError() {
    return squares > 0 ? Math.sqrt(squaredError / squares) : 0;
  }
}
