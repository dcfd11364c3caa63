package dev.sparkquant.report.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Equal steps for equal ratios; what is not above zero lies at the beginning. */
record LogScale(double low, double high) implements Scale {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  LogScale {
    if (!(low > 0 && low < high)) {
      throw new IllegalArgumentException("Cannot scale by ratios from " + low + " to " + high);
    }
  }

  /** A scale for all values above zero, with a little room at both ends. */
  static LogScale of(DoubleStream values) {
    double[] positive = values.filter(v -> v > 0 && Double.isFinite(v)).toArray();
    double least = DoubleStream.of(positive).min().orElse(0.001);
    double most = DoubleStream.of(positive).max().orElse(1);
    double room = Math.max(1.35, Math.pow(most / least, 0.07));
    return new LogScale(least / room, most * room);
  }

  @Override
  public double share(double value) {
    return value > 0 ? Scale.clamp(Math.log(value / low) / Math.log(high / low)) : 0;
  }

  /** Powers of ten; their double and fivefold too where only few powers fit. */
  @Override
  public List<Tick> ticks() {
    double decades = Math.log10(high / low);
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int digit : new int[] {1, 2, 5}) {
        double value = BigDecimal.valueOf(digit).scaleByPowerOfTen(power).doubleValue();
        boolean wanted = digit == 1 || decades < 3;
        if (wanted && value >= low && value <= high) {
          ticks.add(new Tick(value, label(digit, power), digit == 1));
        }
      }
    }
    return ticks;
  }

  private static String label(int digit, int power) {
    if (power >= -4 && power <= 5) {
      return BigDecimal.valueOf(digit).scaleByPowerOfTen(power).toPlainString();
    }
    StringBuilder label = new StringBuilder(digit == 1 ? "10" : digit + "·10");
    if (power < 0) {
      label.append('⁻');
    }
    for (char c : Integer.toString(Math.abs(power)).toCharArray()) {
      label.append(SUPERSCRIPTS.charAt(c - '0'));
    }
    return label.toString();
  }
}
