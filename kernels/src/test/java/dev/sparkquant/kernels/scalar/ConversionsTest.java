package dev.sparkquant.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsTest {

  @ParameterizedTest
  @CsvSource({
    "0.9, 0",
    "-0.9, 0",
    "1.5, 1",
    "-1.5, -1",
    "2147483520, 2147483520",
    "2147483648, -2147483648",
    "-2147483648, -2147483648",
    "-2147483904, -2147483648",
    "NaN, -2147483648",
    "Infinity, -2147483648",
    "-Infinity, -2147483648"
  })
  void truncatesAsTheProcessorDoes(float value, int integer) {
    assertThat(Conversions.truncate(value)).isEqualTo(integer);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1",
    "-0.5, -1",
    "0.49999997, 0",
    "1.5, 2",
    "2.5, 3",
    "-2.5, -3",
    "8388607.5, 8388608",
    "8388609, 8388609",
    "16777216, 16777216",
    "Infinity, Infinity",
    "NaN, NaN"
  })
  void roundsHalvesAwayFromZero(float value, float whole) {
    assertThat(Conversions.round(value)).isEqualTo(Float.valueOf(whole));
  }
}
