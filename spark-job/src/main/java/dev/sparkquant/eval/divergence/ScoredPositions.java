package dev.sparkquant.eval.divergence;

/**
 * Which positions of a chunk are scored: those of its second half that have a next token, so that
 * every prediction has at least half a chunk of context. Source: {@code perplexity()} in
 * llama-perplexity.
 *
 * @param contextLength tokens a chunk, at least 3
 */
public record ScoredPositions(int contextLength) {

  public ScoredPositions {
    if (contextLength < 3) {
      throw new IllegalArgumentException(
          "Cannot score chunks of " + contextLength + " tokens: at least 3 are needed");
    }
  }

  /** The first position whose prediction is scored. */
  public int first() {
    return contextLength / 2;
  }

  /** How many positions are scored, from {@link #first} on. */
  public int count() {
    return contextLength - 1 - first();
  }
}
