package dev.sparkquant.job;

import java.util.List;

/**
 * What an evaluation came to.
 *
 * @param models those under test, in the order given
 * @param tokens that went through the models in this run
 * @param resumedChunks chunks whose scores an earlier run had left
 * @param seconds from the first task to the last, Spark's start not included
 */
public record DivergenceResult(
    List<ModelScores> models, long tokens, int resumedChunks, double seconds) {

  public DivergenceResult {
    models = List.copyOf(models);
  }
}
