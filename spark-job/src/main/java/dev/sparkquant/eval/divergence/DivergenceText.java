package dev.sparkquant.eval.divergence;

import java.util.Locale;

/**
 * Divergence figures in the words and columns of {@code llama-perplexity --kl-divergence}, so that
 * scripts that read its output read this.
 */
public final class DivergenceText {
  private DivergenceText() {}

  /** The heading above {@link #chunkLine}. */
  public static String chunkHeading() {
    return "chunk             PPL               ln(PPL(Q)/PPL(base))          KL Divergence"
        + "              Δp RMS            Same top p";
  }

  /**
   * The running figures after a chunk.
   *
   * @param chunks chunks so far
   * @param sums over all of them
   */
  public static String chunkLine(int chunks, DivergenceSums sums) {
    return format("%4d", chunks)
        + pair("    %9.4f ± %9.4f", sums.perplexity(), 1)
        + pair("    %10.5f ± %10.5f", sums.logPerplexityRatio(), 1)
        + pair("    %10.5f ± %10.5f", sums.meanDivergence(), 1)
        + pair("    %6.3f ± %6.3f %%", sums.rmsDeltaP(), 100)
        + pair("    %6.3f ± %6.3f %%", sums.sameTopShare(), 100);
  }

  /** All figures, in several lines. */
  public static String statistics(DivergenceStatistics statistics) {
    return perplexities(statistics.sums())
        + "\n"
        + divergences(statistics.sums(), statistics.divergence())
        + "\n"
        + probabilities(statistics.sums(), statistics.deltaP());
  }

  private static String perplexities(DivergenceSums sums) {
    String figure = " %10.6f ± %10.6f\n";
    return "====== Perplexity statistics ======\n"
        + pair("Mean PPL(Q)                   :" + figure, sums.perplexity(), 1)
        + pair("Mean PPL(base)                :" + figure, sums.basePerplexity(), 1)
        + format("Cor(ln(PPL(Q)), ln(PPL(base))): %6.2f%%\n", 100 * sums.nllCorrelation())
        + pair("Mean ln(PPL(Q)/PPL(base))     :" + figure, sums.logPerplexityRatio(), 1)
        + pair("Mean PPL(Q)/PPL(base)         :" + figure, sums.perplexityRatio(), 1)
        + pair("Mean PPL(Q)-PPL(base)         :" + figure, sums.perplexityDifference(), 1);
  }

  private static String divergences(DivergenceSums sums, Distribution divergence) {
    return "====== KL divergence statistics ======\n"
        + pair("Mean    KLD: %10.6f ± %10.6f\n", sums.meanDivergence(), 1)
        + format("Maximum KLD: %10.6f\n", divergence.max())
        + format("99.9%%   KLD: %10.6f\n", divergence.quantile(0.999))
        + format("99.0%%   KLD: %10.6f\n", divergence.quantile(0.99))
        + format("95.0%%   KLD: %10.6f\n", divergence.quantile(0.95))
        + format("90.0%%   KLD: %10.6f\n", divergence.quantile(0.9))
        + format("Median  KLD: %10.6f\n", divergence.median())
        + format("10.0%%   KLD: %10.6f\n", divergence.quantile(0.1))
        + format(" 5.0%%   KLD: %10.6f\n", divergence.quantile(0.05))
        + format(" 1.0%%   KLD: %10.6f\n", divergence.quantile(0.01))
        + format(" 0.1%%   KLD: %10.6f\n", divergence.quantile(0.001))
        + format("Minimum KLD: %10.6f\n", divergence.min());
  }

  private static String probabilities(DivergenceSums sums, Distribution deltaP) {
    return "====== Token probability statistics ======\n"
        + pair("Mean    Δp: %6.3f ± %5.3f %%\n", sums.meanDeltaP(), 100)
        + format("Maximum Δp: %6.3f%%\n", 100 * deltaP.max())
        + format("99.9%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.999))
        + format("99.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.99))
        + format("95.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.95))
        + format("90.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.9))
        + format("75.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.75))
        + format("Median  Δp: %6.3f%%\n", 100 * deltaP.median())
        + format("25.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.25))
        + format("10.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.1))
        + format(" 5.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.05))
        + format(" 1.0%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.01))
        + format(" 0.1%%   Δp: %6.3f%%\n", 100 * deltaP.quantile(0.001))
        + format("Minimum Δp: %6.3f%%\n", 100 * deltaP.min())
        + pair("RMS Δp    : %6.3f ± %5.3f %%\n", sums.rmsDeltaP(), 100)
        + pair("Same top p: %6.3f ± %5.3f %%\n", sums.sameTopShare(), 100);
  }

  private static String pair(String pattern, Estimate estimate, double unit) {
    return format(pattern, unit * estimate.value(), unit * estimate.error());
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
