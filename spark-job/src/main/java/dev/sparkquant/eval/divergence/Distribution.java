package dev.sparkquant.eval.divergence;

import java.util.Arrays;

/** All values of a figure over the scored tokens, sorted: exact percentiles. */
public final class Distribution {
  private final double[] sorted;

  private Distribution(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * The distribution of these values.
   *
   * @param values at least one, in any order; not kept
   */
  public static Distribution of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Cannot take percentiles of no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  /** The middle value, or the mean of the two middle ones. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * The value below which that fraction of the values lies, linearly interpolated between the two
   * nearest.
   *
   * @param fraction from 0 to 1
   */
  public double quantile(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "Cannot take quantile " + fraction + ": it is not in 0..1");
    }
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    double weight = place - below;
    int above = Math.min(below + 1, sorted.length - 1);
    return (1 - weight) * sorted[below] + weight * sorted[above];
  }
}
