package dev.sparkquant.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The four bytes at the start of a file that tell what it is. */
final class Magic {
  private static final String GGUF = "GGUF";

  private Magic() {}

  /** Reads the magic; refuses what is not GGUF and says what it is, where that is known. */
  static void check(FileCursor cursor) throws IOException {
    if (cursor.length() < GGUF.length()) {
      throw cursor.damaged(0, "file of " + cursor.length() + " bytes is too short to be GGUF");
    }
    cursor.skip(GGUF.length(), "the magic");
    String magic = new String(cursor.copyFrom(0), StandardCharsets.ISO_8859_1);
    if (!magic.equals(GGUF)) {
      throw cursor.damaged(
          0, "file starts with " + GgufException.quote(magic) + ", not 'GGUF'" + explain(magic));
    }
  }

  static boolean matches(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1).equals(GGUF);
  }

  private static String explain(String magic) {
    return switch (magic) {
      case "\0\0\0\0" -> ": zeros stand there as long as a model is not written to its end";
      case "vers" -> ": probably a Git LFS pointer; fetch the model itself with git lfs pull";
      case "lmgg", "fmgg", "tjgg", "algg" ->
          ": a format that came before GGUF; convert the model anew with llama.cpp";
      case "PK\3\4" -> ": a zip or PyTorch file; convert the model with llama.cpp";
      default -> "";
    };
  }
}
