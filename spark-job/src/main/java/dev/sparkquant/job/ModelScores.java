package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.eval.divergence.DivergenceStatistics;
import java.util.List;

/**
 * How one model did on all corpora.
 *
 * @param model its first file
 */
public record ModelScores(String model, List<CorpusScores> corpora) {

  public ModelScores {
    corpora = List.copyOf(corpora);
  }

  /**
   * How the model did on one corpus.
   *
   * @param corpus its name
   * @param chunks in order
   */
  public record CorpusScores(String corpus, List<ChunkScores> chunks) {

    public CorpusScores {
      chunks = List.copyOf(chunks);
    }

    /** The figures of this corpus alone. */
    public DivergenceStatistics statistics() {
      return DivergenceStatistics.of(chunks);
    }
  }

  /** The figures of all corpora together. */
  public DivergenceStatistics statistics() {
    return DivergenceStatistics.of(
        corpora.stream().flatMap(corpus -> corpus.chunks().stream()).toList());
  }
}
