package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.store.StoredPart;
import java.util.List;

/**
 * What a task comes back with: its slices' results, or why the model cannot be quantized. A refusal
 * is a result rather than a failure, so that Spark does not try again what cannot succeed.
 *
 * @param parts what it stored, where outputs are stored in parts
 * @param refusal a sentence for the user, or null
 * @param kernels the kernel implementation that the executor used
 */
record TaskOutcome(
    List<SliceResult> results, List<StoredPart> parts, String refusal, String kernels) {

  TaskOutcome {
    results = List.copyOf(results);
    parts = List.copyOf(parts);
  }
}
