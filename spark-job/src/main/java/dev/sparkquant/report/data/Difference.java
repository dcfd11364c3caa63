package dev.sparkquant.report.data;

import java.util.List;

/**
 * How much more one scheme diverges than another, and how sure that is.
 *
 * <p>Both were measured on the same text, so what counts is how the difference scatters from chunk
 * to chunk: that error is much smaller than the two schemes' own. Neighbouring tokens are not
 * independent, chunks nearly are.
 *
 * @param value mean divergence of the first less that of the second, in nats
 * @param error its standard error
 * @param halfWidth of the 95 % confidence interval
 */
public record Difference(double value, double error, double halfWidth) {
  private static final double[] STUDENT_97_5 = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /**
   * The difference of two schemes' means over chunks.
   *
   * @param chunks at least two of them; each counts by its tokens
   */
  static Difference paired(double[] first, double[] second, List<ChunkMeans.Chunk> chunks) {
    double tokens = chunks.stream().mapToLong(ChunkMeans.Chunk::tokens).sum();
    double mean = 0;
    for (int i = 0; i < first.length; i++) {
      mean += (first[i] - second[i]) * chunks.get(i).tokens() / tokens;
    }
    double squares = 0;
    for (int i = 0; i < first.length; i++) {
      double weighted =
          (first[i] - second[i] - mean) * chunks.get(i).tokens() * first.length / tokens;
      squares += weighted * weighted;
    }
    int free = first.length - 1;
    double error = Math.sqrt(squares / free / first.length);
    return new Difference(mean, error, student(free) * error);
  }

  /** Whether nothing speaks against their being equal. */
  public boolean withinNoise() {
    return Math.abs(value) <= halfWidth;
  }

  /** The 97.5 % quantile of Student's t distribution. */
  private static double student(int free) {
    return free <= STUDENT_97_5.length ? STUDENT_97_5[free - 1] : 1.96 + 2.45 / free;
  }
}
