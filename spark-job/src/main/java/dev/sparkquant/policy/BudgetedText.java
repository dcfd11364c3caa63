package dev.sparkquant.policy;

/**
 * A name that a pattern may look at so often and no more: some patterns take more steps than there
 * is time for, and a scheme may come from anybody.
 */
final class BudgetedText implements CharSequence {
  /** Sensible patterns take some hundred. */
  private static final int MOST_STEPS = 10_000_000;

  private final String text;
  private final String pattern;
  private int steps;

  /**
   * @param pattern for the message
   */
  BudgetedText(String text, String pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Gives a character.
   *
   * @throws PolicyException if the budget is used up
   */
  @Override
  public char charAt(int index) {
    if (++steps > MOST_STEPS) {
      throw new PolicyException(
          "Cannot match the pattern '"
              + pattern
              + "' with "
              + text
              + ": it takes too many steps; leave out repetitions of repetitions");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
