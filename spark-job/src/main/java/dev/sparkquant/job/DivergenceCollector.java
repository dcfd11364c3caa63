package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes chunks' scores as they come in, in any order, keeps them for a restart, and hands them out
 * in the order of the chunks, so that no figure depends on scheduling.
 */
final class DivergenceCollector {
  private final DivergenceOrder order;
  private final ChunkStore store;
  private final DivergenceProgress progress;
  private final ChunkOutcome[][] outcomes;
  private final double[] divergences;
  private long scoredTokens;
  private long tokens;
  private int chunksDone;
  private String refusal;

  DivergenceCollector(DivergenceOrder order, ChunkStore store, DivergenceProgress progress) {
    this.order = order;
    this.store = store;
    this.progress = progress;
    this.divergences = new double[order.models().size()];
    this.outcomes =
        order.corpora().stream()
            .map(corpus -> new ChunkOutcome[corpus.chunks()])
            .toArray(ChunkOutcome[][]::new);
  }

  /** Takes in what an earlier run left, and says where this one starts. */
  synchronized void resume() throws IOException {
    for (ChunkOutcome outcome : store.read()) {
      if (!isExpected(outcome)) {
        throw new StorageException(
            String.format(
                "Cannot resume: the run's folder has scores of chunk %d of corpus %d, which this"
                    + " run has not, or has twice; leave --resume out to start anew",
                outcome.chunk() + 1, outcome.corpus() + 1));
      }
      add(outcome);
    }
    progress.started(order.chunks(), chunksDone);
  }

  private boolean isExpected(ChunkOutcome outcome) {
    return outcome.corpus() >= 0
        && outcome.corpus() < outcomes.length
        && outcome.chunk() >= 0
        && outcome.chunk() < outcomes[outcome.corpus()].length
        && outcomes[outcome.corpus()][outcome.chunk()] == null
        && outcome.models().size() == divergences.length;
  }

  synchronized void accept(DivergenceOutcome outcome) {
    if (outcome.refusal() != null) {
      if (refusal == null) {
        refusal = outcome.refusal();
      }
      return;
    }
    for (ChunkOutcome chunk : outcome.chunks()) {
      try {
        store.write(chunk);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      tokens += order.corpora().get(chunk.corpus()).contextLength();
      add(chunk);
    }
    progress.advanced(chunksDone, tokens, means());
  }

  private void add(ChunkOutcome outcome) {
    outcomes[outcome.corpus()][outcome.chunk()] = outcome;
    chunksDone++;
    for (int m = 0; m < divergences.length; m++) {
      ChunkScores scores = outcome.models().get(m);
      for (int i = 0; i < scores.count(); i++) {
        divergences[m] += scores.divergence(i);
      }
    }
    if (divergences.length > 0) {
      scoredTokens += outcome.models().get(0).count();
    }
  }

  private List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (double sum : divergences) {
      means.add(sum / Math.max(1, scoredTokens));
    }
    return means;
  }

  /** Why the models cannot be compared, or null. */
  synchronized String refusal() {
    return refusal;
  }

  synchronized boolean done(int corpus, int chunk) {
    return outcomes[corpus][chunk] != null;
  }

  synchronized int chunksDone() {
    return chunksDone;
  }

  /** Tokens that went through the models since the start. */
  synchronized long tokens() {
    return tokens;
  }

  /** Each model's scores; all chunks have to be done. */
  synchronized List<ModelScores> models() {
    return IntStream.range(0, order.models().size())
        .mapToObj(model -> new ModelScores(order.models().get(model), corpora(model)))
        .toList();
  }

  private List<ModelScores.CorpusScores> corpora(int model) {
    return IntStream.range(0, outcomes.length)
        .mapToObj(
            corpus ->
                new ModelScores.CorpusScores(
                    order.corpora().get(corpus).name(),
                    Arrays.stream(outcomes[corpus])
                        .map(outcome -> outcome.models().get(model))
                        .toList()))
        .toList();
  }
}
