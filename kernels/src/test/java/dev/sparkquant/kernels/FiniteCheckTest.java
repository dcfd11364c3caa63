package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteCheckTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsTheFirstCountedFromTheOffset(float bad) {
    float[] x = new float[100];
    x[10] = bad;
    x[60] = bad;
    x[70] = bad;
    assertThat(FiniteCheck.firstNonFinite(x, 11, 80)).isEqualTo(49);
    assertThat(FiniteCheck.firstNonFinite(x, 0, 100)).isEqualTo(10);
    assertThat(FiniteCheck.firstNonFinite(x, 11, 49)).isEqualTo(-1);
  }

  @Test
  void takesEveryFiniteNumber() {
    float[] x = {0.0f, -0.0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 1.5f};
    assertThat(FiniteCheck.firstNonFinite(x, 0, x.length)).isEqualTo(-1);
  }
}
