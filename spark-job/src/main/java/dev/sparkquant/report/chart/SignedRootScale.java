package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Zero in the middle, places by the square root of the distance from it: small changes show beside
 * large ones, and both signs have room.
 *
 * @param most the distance from zero at both ends
 * @param label how to write a value
 */
record SignedRootScale(double most, DoubleFunction<String> label) implements Scale {

  SignedRootScale {
    if (!(most > 0)) {
      throw new IllegalArgumentException("Cannot scale up to " + most);
    }
  }

  @Override
  public double share(double value) {
    return Scale.clamp(0.5 + 0.5 * Math.signum(value) * Math.sqrt(Math.abs(value) / most));
  }

  @Override
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, label.apply(0), true));
    for (int power = (int) Math.floor(Math.log10(most)); power > -6; power--) {
      for (int digit : new int[] {5, 2, 1}) {
        double value = digit * Math.pow(10, power);
        if (value <= most && share(value) > 0.54) {
          ticks.add(new Tick(value, label.apply(value), digit != 2));
          ticks.add(0, new Tick(-value, label.apply(-value), digit != 2));
        }
      }
    }
    ticks.sort((a, b) -> Double.compare(a.value(), b.value()));
    return ticks;
  }
}
