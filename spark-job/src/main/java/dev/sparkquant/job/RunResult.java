package dev.sparkquant.job;

import java.util.List;

/**
 * What a run came to.
 *
 * @param tensors a row for each tensor of each output, in file order
 * @param kernels the kernel implementations used, such as {@code vector-512}
 * @param slices how many the run had
 * @param reusedSlices those that an earlier run had left and that were not encoded again
 * @param encodedWeights elements that tasks have encoded; once for all outputs that have them in
 *     the same type
 * @param reusedWeights the same of the slices that were not encoded again
 * @param encodeSeconds from the first task to the last, Spark's start not included
 * @param seconds the whole run
 */
public record RunResult(
    List<TensorOutcome> tensors,
    List<String> kernels,
    int slices,
    int reusedSlices,
    long encodedWeights,
    long reusedWeights,
    double encodeSeconds,
    double seconds) {

  public RunResult {
    tensors = List.copyOf(tensors);
    kernels = List.copyOf(kernels);
  }
}
