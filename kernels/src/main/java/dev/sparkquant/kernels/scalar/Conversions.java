package dev.sparkquant.kernels.scalar;

/** Conversions of floats to integers with the results that C has on x86. */
final class Conversions {
  /** Floats from here on are whole. */
  private static final float ALL_WHOLE = 0x1p23f;

  private Conversions() {}

  /**
   * The integer part; {@link Integer#MIN_VALUE} for NaN and whatever exceeds an int, as of the
   * instruction {@code cvttss2si}. Its low byte, all that some encoders keep, is then 0.
   */
  static int truncate(float value) {
    int integer = (int) value;
    boolean inRange = value >= -0x1p31f && value < 0x1p31f;
    return inRange ? integer : Integer.MIN_VALUE;
  }

  /** The nearest whole number, halves away from zero, as of C's {@code roundf}. */
  static float round(float value) {
    if (!(Math.abs(value) < ALL_WHOLE)) {
      return value;
    }
    float whole = (int) value;
    return Math.abs(value - whole) >= 0.5f ? whole + Math.copySign(1, value) : whole;
  }
}
