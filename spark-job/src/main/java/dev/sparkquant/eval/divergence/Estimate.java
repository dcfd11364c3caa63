package dev.sparkquant.eval.divergence;

/**
 * A figure estimated from a sample of tokens.
 *
 * @param error its standard error
 */
public record Estimate(double value, double error) {

  /** The mean of values given their sum and the sum of their squares. */
  static Estimate mean(double sum, double sumOfSquares, long count) {
    if (count < 1) {
      return new Estimate(0, 0);
    }
    double mean = sum / count;
    double variance = sumOfSquares / count - mean * mean;
    // As in llama-perplexity: no error is stated for a handful of values.
    double error = variance > 0 && count > 10 ? Math.sqrt(variance / (count - 1)) : 0;
    return new Estimate(mean, error);
  }

  /** The share of tokens that have some property. */
  static Estimate share(long having, long count) {
    double share = (double) having / count;
    return new Estimate(share, Math.sqrt(share * (1 - share) / (count - 1)));
  }

  /** e to the power of this, errors propagated to first order. */
  Estimate exp() {
    double power = Math.exp(value);
    return new Estimate(power, power * error);
  }

  /** The square root of this, errors propagated to first order. */
  Estimate sqrt() {
    double root = Math.sqrt(value);
    return new Estimate(root, root > 0 ? 0.5 / root * error : 0);
  }

  /**
   * This less another estimate from the same tokens.
   *
   * @param covariance of the two
   */
  Estimate minus(Estimate other, double covariance) {
    // Rounding can leave a little less than nothing where the two are equal.
    double variance = error * error + other.error * other.error - 2 * covariance;
    return new Estimate(value - other.value, Math.sqrt(Math.max(0, variance)));
  }
}
