package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads GGUF headers: versions 2 and 3, little- and big-endian.
 *
 * <p>Everything a header claims is checked against the file before memory is allocated for it. It
 * is as strict as ggml's {@code gguf_init_from_file}, and stricter in these points: missing tensor
 * data, dimensions of 0, bools other than 0 and 1, names that are empty, not UTF-8 or with a NUL,
 * keys above 65535 bytes, alignments above 2^30, and headers of more than 128 MiB, 65,536 pairs or
 * 262,144 tensors. It is more lenient in one: arrays may nest, to eight levels.
 */
public final class GgufReader {
  private GgufReader() {}

  /**
   * Reads the header of a local file.
   *
   * @throws GgufException if it is no valid GGUF file
   */
  public static GgufHeader read(Path path) throws IOException {
    try (LocalFileInput input = LocalFileInput.open(path)) {
      return read(input);
    }
  }

  /**
   * Reads the header of a file, which stays open.
   *
   * @throws GgufException if it is no valid GGUF file
   */
  public static GgufHeader read(SeekableInput input) throws IOException {
    return new HeaderParser(input).parse();
  }

  /**
   * Where a metadata pair starts in a file, in bytes, for messages about its value; 0 if there is
   * no such pair.
   *
   * @throws GgufException if it is no valid GGUF file
   */
  public static long pairPosition(SeekableInput input, String key) throws IOException {
    HeaderParser parser = new HeaderParser(input);
    parser.parse();
    return parser.pairPositions().getOrDefault(key, 0L);
  }

  /** Whether a file starts as a GGUF file does. */
  public static boolean isGguf(SeekableInput input) throws IOException {
    byte[] start = new byte[4];
    if (input.length() < start.length) {
      return false;
    }
    input.readFully(0, start, 0, start.length);
    return Magic.matches(start);
  }
}
