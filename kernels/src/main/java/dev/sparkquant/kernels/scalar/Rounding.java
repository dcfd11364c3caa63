package dev.sparkquant.kernels.scalar;

/** Roundings of floats to integers, as ggml does them. */
final class Rounding {
  /** 1.5 * 2^23: floats of that size are one apart. */
  private static final float ROUNDER = 12582912f;

  private Rounding() {}

  /**
   * The nearest integer, ties to even, for magnitudes up to 4194303; beyond, the low 23 bits that
   * the same operations leave.
   *
   * <p>Source: {@code nearest_int} in ggml.
   */
  static int nearestInt(float value) {
    return (Float.floatToRawIntBits(value + ROUNDER) & 0x007F_FFFF) - 0x0040_0000;
  }
}
