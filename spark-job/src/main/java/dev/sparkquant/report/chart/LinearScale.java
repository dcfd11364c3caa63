package dev.sparkquant.report.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Equal steps for equal differences.
 *
 * @param label how to write a value
 */
record LinearScale(double low, double high, int steps, DoubleFunction<String> label)
    implements Scale {

  LinearScale {
    if (!(low < high)) {
      throw new IllegalArgumentException("Cannot scale from " + low + " to " + high);
    }
  }

  /**
   * A scale for all values between two, with a margin at both ends.
   *
   * @param margin as a share of their distance
   */
  static LinearScale around(
      double least, double most, double margin, int steps, DoubleFunction<String> label) {
    double distance = most > least ? most - least : Math.max(Math.abs(most), 1) * 0.1;
    return new LinearScale(least - margin * distance, most + margin * distance, steps, label);
  }

  @Override
  public double share(double value) {
    return Scale.clamp((value - low) / (high - low));
  }

  @Override
  public List<Tick> ticks() {
    BigDecimal step = roundStep((high - low) / steps);
    List<Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step.doubleValue());
    for (long i = first; ; i++) {
      double value = step.multiply(BigDecimal.valueOf(i)).doubleValue();
      if (value > high) {
        return ticks;
      }
      ticks.add(new Tick(value, label.apply(value), true));
    }
  }

  /** The least of 1, 2 and 5 times a power of ten that is no smaller. */
  private static BigDecimal roundStep(double least) {
    int power = (int) Math.floor(Math.log10(least));
    for (int digit : new int[] {1, 2, 5}) {
      BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
      if (step.doubleValue() >= least * 0.999) {
        return step;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(power + 1);
  }
}
