package dev.sparkquant.policy;

/**
 * A scheme, an option or a model that cannot be used as asked. The message is one sentence for the
 * person at the terminal: what is wrong, where, and what to do.
 */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PolicyException(String message) {
    super(message);
  }
}
