package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scale formats of MXFP4 and NVFP4. */
class Fp4ScalesTest {

  @Test
  void everyExponentIsAPowerOfTwo() {
    for (int e = 0; e <= 255; e++) {
      assertThat((double) E8m0.toHalfScale((byte) e))
          .as("E8M0 %d", e)
          .isEqualTo(Math.scalb(1.0, e - 128));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 127", "7.99, 127", "8, 128", "1, 125", "1e-45, 232", "3.4028235e38, 253", "0, 0"})
  void exponentPutsTheMagnitudeIntoTheTopBinade(float magnitude, int e) {
    assertThat(E8m0.fromMagnitude(magnitude) & 0xFF).isEqualTo(e);
  }

  /**
   * How many floats below 2^n have a logarithm that rounds to n: found by running C's {@code log2f}
   * over all floats.
   */
  @ParameterizedTest
  @CsvSource({
    "-125, -64, 44",
    "-63, -32, 22",
    "-31, -16, 11",
    "-15, -8, 5",
    "-7, -4, 2",
    "-3, -2, 1",
    "-1, 2, 0",
    "3, 4, 1",
    "5, 8, 2",
    "9, 16, 5",
    "17, 32, 11",
    "33, 64, 22",
    "65, 128, 44"
  })
  void magnitudesJustBelowAPowerOfTwoCountAsThatPower(int fromPower, int toPower, int floats) {
    for (int power = fromPower; power <= toPower; power++) {
      int bits = (power + 127) << 23;
      float lowest = Float.intBitsToFloat(bits - Math.max(1, floats));
      float oneLower = Float.intBitsToFloat(bits - floats - 1);
      int e = power - 2 + 127;
      assertThat(E8m0.fromMagnitude(lowest)).isEqualTo((byte) (floats > 0 ? e : e - 1));
      assertThat(E8m0.fromMagnitude(oneLower)).as("below 2^%d", power).isEqualTo((byte) (e - 1));
    }
  }

  @Test
  void everyCodeBelow256SurvivesTheWayToFloatAndBack() {
    for (int code = 0; code < 0x78; code++) {
      float number = 2 * UnsignedE4m3.toHalfScale((byte) code);
      assertThat(UnsignedE4m3.fromFloat(number)).as("%s", number).isEqualTo((byte) code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 0",
    "NaN, 0",
    "9e-4, 0",
    "9.8e-4, 1",
    "1.0625, 0x39",
    "1.0624, 0x38",
    "247.9, 0x77",
    "248, 0x7E",
    "448, 0x7E",
    "1e30, 0x7E"
  })
  void numbersRoundToCodes(float number, String code) {
    assertThat(UnsignedE4m3.fromFloat(number)).isEqualTo((byte) (int) Integer.decode(code));
  }

  @ParameterizedTest
  @CsvSource({"0x01, 0.0009765625", "0x38, 0.5", "0x7E, 224", "0x7F, 0", "0x80, 0", "0xFF, 240"})
  void codesStandForHalfTheirNumber(String code, float half) {
    assertThat(UnsignedE4m3.toHalfScale((byte) (int) Integer.decode(code))).isEqualTo(half);
  }
}
