package dev.sparkquant.kernels;

/**
 * IEEE 754 half precision (binary16, ggml's F16), kept as the 16 bits of a {@code short}: 1 sign, 5
 * exponent and 10 mantissa bits.
 *
 * <p>Source: {@code ggml_compute_fp32_to_fp16} and {@code ggml_compute_fp16_to_fp32}, whose results
 * these are for every input.
 */
public final class HalfFloat {
  private static final int FLOAT_INFINITY = 0x7F80_0000;
  private static final int HALF_INFINITY = 0x7C00;
  private static final int HALF_NAN = 0x7E00;

  /** Bits of 65520, halfway from the largest half (65504) to where the next would be. */
  private static final int OVERFLOW = 0x477F_F000;

  /** Bits of 2^-14, the smallest normal half. */
  private static final int SMALLEST_NORMAL = 0x3880_0000;

  /** Difference of the exponent biases, 127 - 15, in place in a float's bits. */
  private static final int BIAS_DIFFERENCE = 112 << 23;

  private HalfFloat() {}

  /**
   * The nearest half, ties to even. From 65520 on that is infinity; NaN becomes the quiet NaN
   * without payload, its sign kept.
   */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFF_FFFF;
    if (magnitude > FLOAT_INFINITY) {
      return (short) (sign | HALF_NAN);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | HALF_INFINITY);
    }
    if (magnitude < SMALLEST_NORMAL) {
      // Floats from 0.5 to 1 are 2^-24 apart, as subnormal halves are: the addition rounds.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(0.5f)));
    }
    int roundToEven = 0xFFF + ((magnitude >>> 13) & 1);
    return (short) (sign | ((magnitude - BIAS_DIFFERENCE + roundToEven) >>> 13));
  }

  /** The same value as a float, exact for all halves; NaN comes out quiet, its payload kept. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & HALF_INFINITY;
    int mantissa = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    if (exponent == HALF_INFINITY) {
      int quiet = mantissa == 0 ? 0 : 0x0040_0000;
      return Float.intBitsToFloat(sign | FLOAT_INFINITY | quiet | (mantissa << 13));
    }
    return Float.intBitsToFloat(sign | (((exponent | mantissa) << 13) + BIAS_DIFFERENCE));
  }

  /** Whether the half is neither infinite nor NaN. */
  public static boolean isFinite(short half) {
    return (half & HALF_INFINITY) != HALF_INFINITY;
  }
}
