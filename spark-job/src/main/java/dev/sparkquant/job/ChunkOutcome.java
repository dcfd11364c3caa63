package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import java.util.List;

/**
 * How all models did on one chunk.
 *
 * @param corpus index of the corpus
 * @param chunk index of the chunk in it
 * @param models for each model under test, its scores: 29 bytes a scored token
 */
record ChunkOutcome(int corpus, int chunk, List<ChunkScores> models) {

  ChunkOutcome {
    models = List.copyOf(models);
  }
}
