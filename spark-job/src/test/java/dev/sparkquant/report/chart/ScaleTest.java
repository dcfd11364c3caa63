package dev.sparkquant.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void logScaleSpacesRatiosEvenlyAndNamesPowersOfTen() {
    LogScale scale = new LogScale(0.0001, 1);

    assertThat(scale.share(0.01)).isCloseTo(0.5, within(1e-12));
    assertThat(scale.ticks()).extracting(Scale.Tick::label).contains("0.0001", "0.01", "1");
  }

  @Test
  void logScaleOfFewPowersHasTicksBetweenThem() {
    assertThat(new LogScale(0.012, 0.9).ticks())
        .extracting(Scale.Tick::label)
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
  }

  @Test
  void logScaleWritesTinyPowersShort() {
    assertThat(new LogScale(1e-7, 1).ticks()).extracting(Scale.Tick::label).contains("10⁻⁶");
  }

  @Test
  void logScalePutsZeroAtItsBeginning() {
    LogScale scale = LogScale.of(DoubleStream.of(0, 0.5, Double.NaN, 2));

    assertThat(scale.share(0)).isZero();
    assertThat(scale.share(0.5)).isPositive();
    assertThat(scale.share(2)).isLessThan(1);
  }

  @Test
  void logScaleOfNothingPositiveStands() {
    assertThat(LogScale.of(DoubleStream.of(0, 0)).ticks()).isNotEmpty();
  }

  @Test
  void linearScaleTakesRoundSteps() {
    LinearScale scale = new LinearScale(2.7, 10.4, 8, Double::toString);

    assertThat(scale.ticks())
        .extracting(Scale.Tick::value)
        .containsExactly(3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
  }

  @Test
  void linearScaleAroundOneValueStands() {
    LinearScale scale = LinearScale.around(5, 5, 0.1, 5, Double::toString);

    assertThat(scale.share(5)).isBetween(0.0, 1.0);
    assertThat(scale.ticks()).isNotEmpty();
  }

  @Test
  void linearScaleRefusesEndsInWrongOrder() {
    assertThatThrownBy(() -> new LinearScale(2, 1, 5, Double::toString))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot scale from 2.0 to 1.0");
  }

  @Test
  void signedRootScaleIsSymmetric() {
    SignedRootScale scale = new SignedRootScale(40, Double::toString);

    assertThat(scale.share(0)).isEqualTo(0.5);
    assertThat(scale.share(10)).isCloseTo(0.75, within(1e-12));
    assertThat(scale.share(-10)).isCloseTo(0.25, within(1e-12));
    assertThat(scale.ticks())
        .extracting(Scale.Tick::value)
        .isSorted()
        .contains(-20.0, -5.0, 0.0, 5.0, 20.0);
  }
}
