package dev.sparkquant.eval.divergence;

/**
 * The shape of a file of base logits ({@code llama-perplexity --kl-divergence-base}), from which
 * every place in it follows.
 *
 * <p>Little-endian: the letters {@code _logits_}, three i32 (context length, vocabulary, chunks),
 * the i32 tokens of all chunks, then chunk by chunk a row for every scored position.
 *
 * @param contextLength tokens a chunk
 * @param vocabulary tokens a row has log probabilities of
 */
public record LogitsHeader(int contextLength, int vocabulary, int chunks) {
  static final String MAGIC = "_logits_";

  /** Bytes before the tokens. */
  static final int FIXED_BYTES = 8 + 3 * 4;

  public ScoredPositions positions() {
    return new ScoredPositions(contextLength);
  }

  /** Tokens of all chunks. */
  public long tokens() {
    return (long) contextLength * chunks;
  }

  /** Bytes of one row: two floats, then a u16 a token, padded to an even number of them. */
  public int rowBytes() {
    return Math.toIntExact(2 * 4 + 2 * (vocabulary + vocabulary % 2L));
  }

  /** Where a row starts, in bytes. */
  public long rowPosition(int chunk, int row) {
    return rowsPosition() + ((long) chunk * positions().count() + row) * rowBytes();
  }

  /** Bytes of the whole file. */
  public long fileBytes() {
    return rowPosition(chunks, 0);
  }

  private long rowsPosition() {
    return FIXED_BYTES + 4 * tokens();
  }
}
