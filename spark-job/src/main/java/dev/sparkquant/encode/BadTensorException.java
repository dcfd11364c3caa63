package dev.sparkquant.encode;

/**
 * A tensor's values make encoding impossible: which tensor, row and column, and what to do. Trying
 * again cannot help.
 */
public final class BadTensorException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadTensorException(String message) {
    super(message);
  }
}
