package dev.sparkquant.kernels.scalar;

/** Rounds scaled elements to ternary digits. */
final class Ternary {

  private Ternary() {}

  /**
   * 0, 1 or 2 for an element from -1 to 1, halves away from zero.
   *
   * <p>A block of subnormal elements has an infinite inverse scale, and with it elements that are
   * not finite; C's {@code lroundf} on x86 gives those the digit 1.
   */
  static int round(float scaled) {
    return Float.isFinite(scaled) ? (int) Conversions.round(scaled) + 1 : 1;
  }
}
