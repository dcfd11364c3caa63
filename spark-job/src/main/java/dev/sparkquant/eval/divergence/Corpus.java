package dev.sparkquant.eval.divergence;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A tokenized text cut into chunks of equal length, as llama-perplexity cuts it.
 *
 * <p>Tokens that fill no whole chunk at the end are left out.
 */
public final class Corpus {
  private final int[] tokens;
  private final ScoredPositions positions;
  private final int chunks;
  private final OptionalInt firstToken;

  private Corpus(int[] tokens, ScoredPositions positions, int chunks, OptionalInt firstToken) {
    this.tokens = tokens;
    this.positions = positions;
    this.chunks = chunks;
    this.firstToken = firstToken;
  }

  /**
   * Cuts a text.
   *
   * @param tokens the whole text, tokenized at once
   * @param contextLength tokens a chunk
   * @param mostChunks chunks wanted; fewer if the text has fewer
   * @param firstToken the token that a model sees in place of every chunk's first: the beginning of
   *     sequence if the vocabulary adds one, else none
   * @throws EvaluationException if the text has less than two chunks' tokens
   */
  public static Corpus of(int[] tokens, int contextLength, int mostChunks, OptionalInt firstToken) {
    if (contextLength < 3) {
      throw new EvaluationException(
          "Cannot evaluate with a context of " + contextLength + " tokens: at least 3 are needed");
    }
    if (mostChunks < 1) {
      throw new EvaluationException(
          "Cannot evaluate " + mostChunks + " chunks: ask for at least 1");
    }
    if (tokens.length < 2L * contextLength) {
      throw new EvaluationException(
          String.format(
              "Cannot evaluate with a context of %d tokens: the text must have at least %d tokens,"
                  + " but has %d",
              contextLength, 2L * contextLength, tokens.length));
    }
    int chunks = Math.min(tokens.length / contextLength, mostChunks);
    int[] used = Arrays.copyOf(tokens, chunks * contextLength);
    return new Corpus(used, new ScoredPositions(contextLength), chunks, firstToken);
  }

  /**
   * The corpus that a file of base logits was made of.
   *
   * @param tokens of whole chunks
   * @param firstToken as above
   */
  static Corpus ofChunks(int[] tokens, int contextLength, OptionalInt firstToken) {
    return new Corpus(
        tokens.clone(),
        new ScoredPositions(contextLength),
        tokens.length / contextLength,
        firstToken);
  }

  public int contextLength() {
    return positions.contextLength();
  }

  public ScoredPositions positions() {
    return positions;
  }

  public int chunks() {
    return chunks;
  }

  /** The tokens of all chunks, as the text has them. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** What a model is given for a chunk. */
  public int[] input(int chunk) {
    int[] input = targets(chunk);
    firstToken.ifPresent(token -> input[0] = token);
    return input;
  }

  /** The tokens of a chunk as the text has them: what the predictions are held against. */
  public int[] targets(int chunk) {
    int start = chunk * contextLength();
    return Arrays.copyOfRange(tokens, start, start + contextLength());
  }
}
