package dev.sparkquant.eval.tokenizer;

/** A vocabulary or a corpus that cannot be used: a sentence for the user, naming what is wrong. */
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TokenizerException(String message) {
    super(message);
  }
}
