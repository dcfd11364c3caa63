package dev.sparkquant.eval.model;

/**
 * A model that cannot be evaluated. The message is one sentence for the person at the terminal:
 * which file, what is wrong with it, and what to do.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param model the model's file
   * @param reason a sentence without full stop
   */
  public ModelException(String model, String reason) {
    super("Cannot evaluate " + model + ": " + reason);
  }
}
