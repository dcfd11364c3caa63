package dev.sparkquant.eval.divergence;

/**
 * An evaluation that cannot be done as asked. The message is one sentence for the person at the
 * terminal: what is wrong, where, and what to do.
 */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(message);
  }
}
