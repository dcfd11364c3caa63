package dev.sparkquant.gguf;

import java.io.IOException;

/** A file that is no valid GGUF: which file, at what byte, and what is wrong there. */
public final class GgufException extends IOException {
  private static final long serialVersionUID = 1L;

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
}
