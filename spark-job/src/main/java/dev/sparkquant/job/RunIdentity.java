package dev.sparkquant.job;

import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes two runs the same, so that one can go on from the other's unfinished work.
 *
 * @param input SHA-256 of the input files' names, lengths, times of change and headers
 * @param work SHA-256 of what is to be done: outputs, types, importance values, slices
 */
record RunIdentity(String input, String work) {

  static RunIdentity of(InputFiles files, QuantizePlan plan, Map<Integer, float[]> importance)
      throws IOException {
    Fingerprint input = new Fingerprint();
    files.addTo(input);
    Fingerprint work = new Fingerprint();
    for (SourceTensor tensor : plan.tensors()) {
      work.add(tensor.toString());
    }
    for (OutputFile output : plan.outputs()) {
      work.add(output.path());
      work.add(output.header());
      work.add(output.length());
    }
    for (Slice slice : plan.slices()) {
      work.add(slice.toString());
    }
    new TreeMap<>(importance)
        .forEach(
            (tensor, values) -> {
              work.add(tensor);
              work.add(values);
            });
    return new RunIdentity(input.text(), work.text());
  }
}
