package dev.sparkquant.eval.divergence;

import java.io.IOException;

/** A file that is no complete file of base logits: which file, and what is wrong with it. */
public final class LogitsFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence without full stop
   */
  public LogitsFileException(String file, String reason) {
    super("Cannot use " + file + " as base logits: " + reason);
  }
}
