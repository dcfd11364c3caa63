package dev.sparkquant.eval.divergence;

import dev.sparkquant.kernels.linalg.LogSoftmax;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes one model's scores at the scored positions of several chunks, which count through the
 * chunks. Threads may enter different positions at the same time.
 */
final class ScoreSheet {
  /** Bytes that a position takes. */
  static final int BYTES_EACH = 3 * Double.BYTES + Integer.BYTES + 1;

  private final String model;
  private final int firstChunk;
  private final int chunks;
  private final int each;
  private final int[] tokens;
  private final double[] divergence;
  private final double[] logProbability;
  private final double[] baseLogProbability;
  private final boolean[] sameTop;

  /**
   * @param model its name, for messages
   */
  ScoreSheet(String model, Corpus corpus, int firstChunk, int chunks) {
    this.model = model;
    this.firstChunk = firstChunk;
    this.chunks = chunks;
    ScoredPositions positions = corpus.positions();
    each = positions.count();
    tokens =
        IntStream.range(firstChunk, firstChunk + chunks)
            .mapToObj(corpus::targets)
            .flatMapToInt(
                targets -> Arrays.stream(targets).skip(positions.first() + 1L).limit(each))
            .toArray();
    divergence = new double[tokens.length];
    logProbability = new double[tokens.length];
    baseLogProbability = new double[tokens.length];
    sameTop = new boolean[tokens.length];
  }

  /**
   * Enters a position.
   *
   * @param floor base log probabilities that are not above it do not count in the divergence
   * @throws EvaluationException if a probability is not a number
   */
  void enter(int position, LogSoftmax base, LogSoftmax predicted, double floor) {
    if (!Double.isFinite(base.logSum() + base.max() + predicted.logSum() + predicted.max())) {
      throw notFinite(position);
    }
    divergence[position] = base.divergence(predicted, floor);
    logProbability[position] = predicted.logProbability(tokens[position]);
    baseLogProbability[position] = base.logProbability(tokens[position]);
    sameTop[position] = base.argMax() == predicted.argMax();
    if (!Double.isFinite(divergence[position])) {
      throw notFinite(position);
    }
  }

  /** The scores of each chunk in order. */
  List<ChunkScores> scores() {
    return IntStream.range(0, chunks).mapToObj(this::scores).toList();
  }

  private ChunkScores scores(int index) {
    int from = index * each;
    int to = from + each;
    return new ChunkScores(
        firstChunk + index,
        Arrays.copyOfRange(tokens, from, to),
        Arrays.copyOfRange(divergence, from, to),
        Arrays.copyOfRange(logProbability, from, to),
        Arrays.copyOfRange(baseLogProbability, from, to),
        Arrays.copyOfRange(sameTop, from, to));
  }

  private EvaluationException notFinite(int position) {
    return new EvaluationException(
        String.format(
            "Cannot score %s: at scored position %d of chunk %d its logits or the base's are not"
                + " finite",
            model, position % each, firstChunk + position / each));
  }
}
