package dev.sparkquant.job;

import java.util.List;

/**
 * What a task comes back with: its chunks' scores, or why the models cannot be compared. A refusal
 * is a result rather than a failure, so that Spark does not try again what cannot succeed.
 *
 * @param refusal a sentence for the user, or null
 */
record DivergenceOutcome(List<ChunkOutcome> chunks, String refusal) {

  DivergenceOutcome {
    chunks = List.copyOf(chunks);
  }
}
