package dev.sparkquant.eval.divergence;

/**
 * How one model predicted the scored tokens of one chunk, beside the base model. All arrays are
 * indexed by scored position, from the chunk's first on; logarithms are natural.
 */
public final class ChunkScores {
  private final int chunk;
  private final int[] tokens;
  private final double[] divergence;
  private final double[] logProbability;
  private final double[] baseLogProbability;
  private final boolean[] sameTop;

  /**
   * Takes over the arrays, all of the same length.
   *
   * @param chunk index of the chunk in its corpus
   * @param tokens the tokens that came next
   * @param divergence the KL divergence of the model's distribution from the base's
   * @param logProbability the model's log probability of the token that came next
   * @param baseLogProbability the base's
   * @param sameTop whether both hold the same token the likeliest
   */
  public ChunkScores(
      int chunk,
      int[] tokens,
      double[] divergence,
      double[] logProbability,
      double[] baseLogProbability,
      boolean[] sameTop) {
    int count = tokens.length;
    if (divergence.length != count
        || logProbability.length != count
        || baseLogProbability.length != count
        || sameTop.length != count) {
      throw new IllegalArgumentException("Cannot hold scores of different counts in one chunk");
    }
    this.chunk = chunk;
    this.tokens = tokens;
    this.divergence = divergence;
    this.logProbability = logProbability;
    this.baseLogProbability = baseLogProbability;
    this.sameTop = sameTop;
  }

  public int chunk() {
    return chunk;
  }

  /** Tokens scored. */
  public int count() {
    return tokens.length;
  }

  public int token(int i) {
    return tokens[i];
  }

  public double divergence(int i) {
    return divergence[i];
  }

  public double logProbability(int i) {
    return logProbability[i];
  }

  public double baseLogProbability(int i) {
    return baseLogProbability[i];
  }

  public boolean sameTop(int i) {
    return sameTop[i];
  }

  /** The model's probability of the token that came next less the base's. */
  public double deltaP(int i) {
    return Math.exp(logProbability[i]) - Math.exp(baseLogProbability[i]);
  }
}
