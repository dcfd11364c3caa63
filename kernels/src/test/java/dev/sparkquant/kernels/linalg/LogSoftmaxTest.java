package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSoftmaxTest {

  /** Relative error of an exponential, of its sum in lanes, and of the fused term. */
  private static final double UNIT = 1e-7 + 18 * Samples.U;

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 31", "3, 1000", "4, 32768", "5, 131072"})
  void isWithinTheErrorOfItsSum(long seed, int n) {
    float[] logits = logits(seed, n);
    LogSoftmax row = new LogSoftmax();
    row.take(logits, 2, n);
    double[] exact = logProbabilities(logits, n);
    double error = logSumError(logits, n, row.max());
    for (int i = 0; i < n; i += 1 + n / 100) {
      assertThat(row.logProbability(i)).as("seed %d", seed).isCloseTo(exact[i], within(error));
    }
    int best = row.argMax();
    for (int i = 0; i < n; i++) {
      assertThat(logits[2 + i]).isLessThanOrEqualTo(logits[2 + best]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1000, 1", "2, 32768, 0.01", "3, 131072, 0.001", "4, 131072, 3"})
  void divergenceIsWithinTheErrorOfItsSums(long seed, int n, float noise) {
    float[] base = logits(seed, n);
    float[] model = logits(seed + 50, n);
    for (int i = 0; i < model.length; i++) {
      model[i] = base[i] + noise * model[i];
    }
    LogSoftmax p = new LogSoftmax();
    LogSoftmax q = new LogSoftmax();
    p.take(base, 2, n);
    q.take(model, 2, n);
    double[] logP = logProbabilities(base, n);
    double[] logQ = logProbabilities(model, n);
    double floor = -11.0;
    double all = 0;
    double above = 0;
    double error = logSumError(base, n, p.max()) + logSumError(model, n, q.max());
    for (int i = 0; i < n; i++) {
      double weight = Math.exp(logP[i]);
      double term = weight * (logP[i] - logQ[i]);
      double a = base[2 + i] - p.max();
      double b = model[2 + i] - q.max();
      all += term;
      above += logP[i] > floor ? term : 0;
      error += weight * Math.abs(a - b) * (UNIT - a * Samples.U);
      error += weight * Samples.U * (Math.abs(a) + Math.abs(b) + Math.abs(a - b));
    }
    assertThat(above).isNotEqualTo(all);
    assertThat(p.divergence(q, Double.NEGATIVE_INFINITY)).isCloseTo(all, within(error));
    assertThat(p.divergence(q, floor)).isCloseTo(above, within(error));
    assertThat(p.divergence(p, Double.NEGATIVE_INFINITY)).isZero();
  }

  private static float[] logits(long seed, int n) {
    float[] values = Samples.gaussian(seed, n + 2);
    for (int i = 0; i < values.length; i++) {
      values[i] = 3f * values[i] + 20f;
    }
    return values;
  }

  private static double[] logProbabilities(float[] logits, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(logits[2 + i]);
    }
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      result[i] = logits[2 + i] - Math.log(sum);
    }
    return result;
  }

  /** Each exponential's error, and what rounding its argument to a float makes of it. */
  private static double logSumError(float[] logits, int n, float max) {
    double sum = 0;
    double error = 0;
    for (int i = 0; i < n; i++) {
      double a = (double) logits[2 + i] - max;
      sum += Math.exp(a);
      error += Math.exp(a) * (UNIT - a * Samples.U);
    }
    return error / sum + 1e-12;
  }

  /** A row whose probabilities add up to 1.0625, and a model that is uniform. */
  @Test
  void logProbabilitiesAreTakenAsTheyAre() {
    float[] base = {(float) Math.log(0.5), (float) Math.log(0.5), (float) Math.log(0.0625)};
    LogSoftmax p = new LogSoftmax();
    LogSoftmax q = new LogSoftmax();
    p.takeLogProbabilities(base, 0, 3);
    q.take(new float[3], 0, 3);
    double likely = 2 * 0.5 * (Math.log(0.5) + Math.log(3));
    double unlikely = 0.0625 * (Math.log(0.0625) + Math.log(3));

    assertThat(p.logProbability(2)).isEqualTo(base[2]);
    assertThat(p.divergence(q, Double.NEGATIVE_INFINITY))
        .isCloseTo(likely + unlikely, within(1e-6));
    assertThat(p.divergence(q, -1)).isCloseTo(likely, within(1e-6));
  }

  @Test
  void argMaxIsTheFirst() {
    LogSoftmax row = new LogSoftmax();
    row.take(new float[] {1f, 3f, 2f, 3f}, 0, 4);
    assertThat(row.argMax()).isEqualTo(1);
    assertThat(row.max()).isEqualTo(3f);
  }

  @Test
  void isTheSameForEveryImplementation() {
    float[] base = logits(8, 5001);
    float[] model = logits(9, 5001);
    double[] results = new double[4];
    LaneKernels[] implementations = {Samples.scalar(), Samples.vector()};
    for (int i = 0; i < 2; i++) {
      LogSoftmax p = new LogSoftmax(implementations[i]);
      LogSoftmax q = new LogSoftmax(implementations[i]);
      p.take(base, 1, 5001);
      q.take(model, 1, 5001);
      results[2 * i] = p.logSum();
      results[2 * i + 1] = p.divergence(q, -16);
    }
    assertThat(results[2]).isEqualTo(results[0]);
    assertThat(results[3]).isEqualTo(results[1]);
  }

  @Test
  void refusesRowsThatDoNotFit() {
    LogSoftmax p = new LogSoftmax();
    LogSoftmax q = new LogSoftmax();
    assertThatThrownBy(() -> p.take(new float[3], 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read 3 logits at 1 of 3");
    p.take(new float[3], 0, 3);
    q.take(new float[3], 0, 2);
    assertThatThrownBy(() -> p.divergence(q, -16)).hasMessage("Cannot compare 3 logits with 2");
    assertThatThrownBy(() -> p.logProbability(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
