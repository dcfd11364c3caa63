package dev.sparkquant.plan;

/** What was asked cannot be planned for this model; a sentence for the user. */
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1L;

  public PlanException(String message) {
    super(message);
  }
}
