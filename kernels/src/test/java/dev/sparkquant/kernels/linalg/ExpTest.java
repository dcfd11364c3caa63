package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpTest {

  /** Every 1021st float between the bounds of normal results. */
  @Test
  void isWithinItsRelativeError() {
    double worst = 0;
    int highest = Float.floatToIntBits(Exp.HIGHEST);
    int lowest = Float.floatToIntBits(-Exp.LOWEST);
    for (int bits = 0; bits < highest; bits += 1021) {
      worst = Math.max(worst, relativeError(Float.intBitsToFloat(bits)));
    }
    for (int bits = 0; bits <= lowest; bits += 1021) {
      worst = Math.max(worst, relativeError(-Float.intBitsToFloat(bits)));
    }
    assertThat(worst).isLessThan(1e-7).isGreaterThan(1e-8);
  }

  private static double relativeError(float x) {
    double exact = StrictMath.exp(x);
    return Math.abs(Exp.exp(x) / exact - 1);
  }

  @Test
  void hasNoGapsAtItsEnds() {
    assertThat(Exp.exp(Exp.LOWEST)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    assertThat(Exp.exp(Math.nextDown(Exp.LOWEST))).isZero();
    assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.exp(Math.nextDown(Exp.HIGHEST)))
        .isFinite()
        .isGreaterThan(0.9999f * Float.MAX_VALUE);
    assertThat(Exp.exp(Exp.HIGHEST)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Exp.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Exp.exp(Float.NaN)).isNaN();
    assertThat(Exp.exp(0f)).isEqualTo(1f);
    assertThat(Exp.exp(-0f)).isEqualTo(1f);
  }
}
