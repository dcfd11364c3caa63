package dev.sparkquant.eval.divergence;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/** Reads a file of base logits, row by row. Does not close its input. */
public final class LogitsFileReader {
  private final SeekableInput input;
  private final LogitsHeader header;

  private LogitsFileReader(SeekableInput input, LogitsHeader header) {
    this.input = input;
    this.header = header;
  }

  /**
   * Reads the header and checks it against the file's length.
   *
   * @throws LogitsFileException if the file is something else, or not complete
   */
  public static LogitsFileReader open(SeekableInput input) throws IOException {
    long length = input.length();
    byte[] magic = read(input, 0, (int) Math.min(length, LogitsHeader.MAGIC.length()));
    if (!Arrays.equals(magic, LogitsHeader.MAGIC.getBytes(StandardCharsets.US_ASCII))) {
      throw new LogitsFileException(
          input.name(), "it does not start with \"" + LogitsHeader.MAGIC + "\"");
    }
    if (length < LogitsHeader.FIXED_BYTES) {
      throw truncated(input, LogitsHeader.FIXED_BYTES, "the header");
    }
    ByteBuffer fields = littleEndian(read(input, magic.length, 3 * 4));
    LogitsHeader header = new LogitsHeader(fields.getInt(), fields.getInt(), fields.getInt());
    check(input, header);
    return new LogitsFileReader(input, header);
  }

  public LogitsHeader header() {
    return header;
  }

  /**
   * The corpus that the file was made of.
   *
   * @param firstToken the token that a model sees in place of every chunk's first, if any
   * @throws LogitsFileException if a token is not in the vocabulary
   */
  public Corpus corpus(OptionalInt firstToken) throws IOException {
    int[] tokens = new int[Math.toIntExact(header.tokens())];
    littleEndian(read(input, LogitsHeader.FIXED_BYTES, 4 * tokens.length))
        .asIntBuffer()
        .get(tokens);
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= header.vocabulary()) {
        throw new LogitsFileException(
            input.name(),
            String.format(
                "token %d is %d, but the vocabulary has %d", i, tokens[i], header.vocabulary()));
      }
    }
    return Corpus.ofChunks(tokens, header.contextLength(), firstToken);
  }

  /**
   * Reads rows as they are stored, for {@link LogProbabilities#decode}.
   *
   * @param firstRow scored position of the chunk, from 0
   * @param destination receives {@code rows * header().rowBytes()} bytes
   */
  public void readRows(int chunk, int firstRow, int rows, byte[] destination) throws IOException {
    input.readFully(header.rowPosition(chunk, firstRow), destination, 0, rows * header.rowBytes());
  }

  private static void check(SeekableInput input, LogitsHeader header) throws IOException {
    if (header.contextLength() < 3 || header.vocabulary() < 1 || header.chunks() < 1) {
      throw new LogitsFileException(
          input.name(),
          String.format(
              "its header states a context of %d tokens, a vocabulary of %d and %d chunks",
              header.contextLength(), header.vocabulary(), header.chunks()));
    }
    if (header.tokens() > Integer.MAX_VALUE / 4 || header.vocabulary() > Integer.MAX_VALUE / 4) {
      throw new LogitsFileException(
          input.name(),
          String.format(
              "its header states %d tokens and a vocabulary of %d, more than can be read",
              header.tokens(), header.vocabulary()));
    }
    long length = input.length();
    if (header.fileBytes() > length) {
      throw truncated(input, header.fileBytes(), header.chunks() + " chunks");
    }
    if (header.fileBytes() < length) {
      throw new LogitsFileException(
          input.name(),
          String.format("its header states %d bytes, but it has %d", header.fileBytes(), length));
    }
  }

  private static LogitsFileException truncated(SeekableInput input, long needed, String of)
      throws IOException {
    return new LogitsFileException(
        input.name(),
        String.format(
            "it is truncated: %s take %d bytes, but it has %d; make it again",
            of, needed, input.length()));
  }

  private static byte[] read(SeekableInput input, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    input.readFully(position, bytes, 0, length);
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
