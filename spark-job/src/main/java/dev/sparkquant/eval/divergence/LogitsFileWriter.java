package dev.sparkquant.eval.divergence;

import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a file of base logits that {@code llama-perplexity --kl-divergence} reads. Rows may be
 * written in any order, by several writers. Does not close its output.
 */
public final class LogitsFileWriter {
  private final PositionedOutput output;
  private final LogitsHeader header;

  public LogitsFileWriter(PositionedOutput output, LogitsHeader header) {
    this.output = output;
    this.header = header;
  }

  /** Writes everything before the rows. */
  public void writeHeader(Corpus corpus) throws IOException {
    int[] tokens = corpus.tokens();
    if (corpus.contextLength() != header.contextLength() || corpus.chunks() != header.chunks()) {
      throw new IllegalArgumentException("Cannot write the tokens of another corpus");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(LogitsHeader.FIXED_BYTES + 4 * tokens.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(LogitsHeader.MAGIC.getBytes(StandardCharsets.US_ASCII))
            .putInt(header.contextLength())
            .putInt(header.vocabulary())
            .putInt(header.chunks());
    for (int token : tokens) {
      bytes.putInt(token);
    }
    output.write(0, bytes.array(), 0, bytes.capacity());
  }

  /**
   * Writes encoded rows of a chunk.
   *
   * @param firstRow scored position, from 0
   * @param rows as {@link LogProbabilities#encode} makes them, one after the other
   */
  public void writeRows(int chunk, int firstRow, byte[] rows, int length) throws IOException {
    output.write(header.rowPosition(chunk, firstRow), rows, 0, length);
  }
}
