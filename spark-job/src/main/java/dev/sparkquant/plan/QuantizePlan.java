package dev.sparkquant.plan;

import java.util.List;

/**
 * Everything a run is to do: what is read, what is written, and the slices that lead from one to
 * the other.
 */
public record QuantizePlan(
    List<SourceTensor> tensors, List<OutputFile> outputs, List<Slice> slices) {

  public QuantizePlan {
    tensors = List.copyOf(tensors);
    outputs = List.copyOf(outputs);
    slices = List.copyOf(slices);
  }

  /** Bytes of all outputs together. */
  public long outputBytes() {
    return outputs.stream().mapToLong(OutputFile::length).sum();
  }
}
