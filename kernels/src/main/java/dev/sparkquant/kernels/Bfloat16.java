package dev.sparkquant.kernels;

/**
 * The upper half of a float (ggml's BF16), kept as the 16 bits of a {@code short}: 1 sign, 8
 * exponent and 7 mantissa bits.
 *
 * <p>Source: {@code ggml_compute_fp32_to_bf16} and {@code ggml_compute_bf16_to_fp32}, whose results
 * these are for every input. Subnormal values are rounded like others, not flushed to zero.
 */
public final class Bfloat16 {
  private static final int FLOAT_INFINITY = 0x7F80_0000;
  private static final int EXPONENT = 0x7F80;
  private static final int QUIET = 0x40;

  private Bfloat16() {}

  /** The nearest bfloat16, ties to even; NaN comes out quiet with the upper bits of its payload. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & 0x7FFF_FFFF) > FLOAT_INFINITY) {
      return (short) ((bits >>> 16) | QUIET);
    }
    int roundToEven = 0x7FFF + ((bits >>> 16) & 1);
    return (short) ((bits + roundToEven) >>> 16);
  }

  /** The same value as a float, exact. */
  public static float toFloat(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }

  /** Whether the value is neither infinite nor NaN. */
  public static boolean isFinite(short bfloat) {
    return (bfloat & EXPONENT) != EXPONENT;
  }
}
