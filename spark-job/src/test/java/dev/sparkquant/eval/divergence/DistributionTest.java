package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void quantilesInterpolateBetweenNeighbours() {
    Distribution distribution = Distribution.of(new double[] {40, 10, 30, 20, 50});

    assertThat(distribution.min()).isEqualTo(10);
    assertThat(distribution.quantile(0)).isEqualTo(10);
    assertThat(distribution.quantile(0.125)).isEqualTo(15);
    assertThat(distribution.quantile(0.75)).isEqualTo(40);
    assertThat(distribution.quantile(1)).isEqualTo(50);
    assertThat(distribution.max()).isEqualTo(50);
  }

  @Test
  void medianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
    assertThat(Distribution.of(new double[] {4, 1, 3, 2}).median()).isEqualTo(2.5);
    assertThat(Distribution.of(new double[] {4, 1, 3}).median()).isEqualTo(3);
    assertThat(Distribution.of(new double[] {7}).median()).isEqualTo(7);
  }

  @Test
  void valuesAreCopied() {
    double[] values = {2, 1};
    Distribution distribution = Distribution.of(values);
    values[0] = 100;

    assertThat(distribution.max()).isEqualTo(2);
    assertThat(values[1]).isEqualTo(1);
  }

  @Test
  void nothingHasNoQuantiles() {
    assertThatThrownBy(() -> Distribution.of(new double[0]))
        .hasMessage("Cannot take percentiles of no values");
    assertThatThrownBy(() -> Distribution.of(new double[1]).quantile(1.5))
        .hasMessage("Cannot take quantile 1.5: it is not in 0..1");
  }
}
