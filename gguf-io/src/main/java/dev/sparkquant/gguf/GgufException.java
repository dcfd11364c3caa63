package dev.sparkquant.gguf;

import java.io.IOException;

/** A damaged GGUF file or importance matrix: which file, at what byte, and what is wrong there. */
public final class GgufException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 100;

  private final String file;
  private final long offset;

  /**
   * @param offset byte in the file at which the damage shows
   * @param reason what is wrong, with the value found; a sentence without full stop
   */
  public GgufException(String file, long offset, String reason) {
    super(file + ": at byte " + offset + ": " + reason);
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }

  /** A name as messages show it: quoted, control characters replaced, long ones cut. */
  public static String quote(String name) {
    StringBuilder shown = new StringBuilder("'");
    name.codePoints()
        .limit(LONGEST_QUOTE)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    if (name.codePointCount(0, name.length()) > LONGEST_QUOTE) {
      shown.append("...");
    }
    return shown.append('\'').toString();
  }
}
