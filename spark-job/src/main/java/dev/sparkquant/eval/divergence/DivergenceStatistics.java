package dev.sparkquant.eval.divergence;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Everything that {@code llama-perplexity --kl-divergence} says of a model.
 *
 * @param sums means and their errors
 * @param divergence the KL divergences of single tokens
 * @param deltaP the changes of the probability of the token that came next, of single tokens
 */
public record DivergenceStatistics(
    DivergenceSums sums, Distribution divergence, Distribution deltaP) {

  /**
   * The statistics over chunks of one or several corpora.
   *
   * @param chunks at least one, in the order of the corpora and of their chunks; the order decides
   *     the last digits
   */
  public static DivergenceStatistics of(List<ChunkScores> chunks) {
    DivergenceSums sums = DivergenceSums.NONE;
    for (ChunkScores chunk : chunks) {
      sums = sums.plus(DivergenceSums.of(chunk));
    }
    return new DivergenceStatistics(
        sums,
        distribution(chunks, ChunkScores::divergence),
        distribution(chunks, ChunkScores::deltaP));
  }

  private static Distribution distribution(
      List<ChunkScores> chunks, ToDoubleBiFunction<ChunkScores, Integer> figure) {
    double[] values = new double[chunks.stream().mapToInt(ChunkScores::count).sum()];
    int next = 0;
    for (ChunkScores chunk : chunks) {
      for (int i = 0; i < chunk.count(); i++) {
        values[next++] = figure.applyAsDouble(chunk, i);
      }
    }
    return Distribution.of(values);
  }
}
