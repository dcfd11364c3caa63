package dev.sparkquant.kernels;

/**
 * The scale format of NVFP4: an unsigned float of 4 exponent bits (bias 7) and 3 mantissa bits in a
 * byte, without infinity.
 *
 * <p>Source: {@code ggml_fp32_to_ue4m3} and {@code ggml_ue4m3_to_fp32} in ggml.
 */
public final class UnsignedE4m3 {
  private static final int MANTISSA_BITS = 3;
  private static final int LARGEST = 0x7E;
  private static final int NAN = 0x7F;

  /** Exponent field from which on ggml encodes everything as the largest number, 448. */
  private static final int SATURATED_EXPONENT = 15;

  /** What the bias of a float's exponent exceeds this one's by, 127 - 7. */
  private static final int BIAS_DIFFERENCE = 120;

  private UnsignedE4m3() {}

  /**
   * The nearest code, halves rounded up; 0 for numbers that are not positive, and 448 for all that
   * round to 256 or more.
   */
  public static byte fromFloat(float value) {
    if (!(value > 0)) {
      return 0;
    }
    int bits = Float.floatToRawIntBits(value);
    int exponent = (bits >>> 23) - BIAS_DIFFERENCE;
    if (exponent <= 0) {
      int subnormal = (int) (value * 0x1p9f + 0.5f);
      return (byte) Math.min(subnormal, (1 << MANTISSA_BITS) - 1);
    }
    int mantissaAndNextBit = (bits >>> 19) & 0xF;
    int code = (exponent << MANTISSA_BITS) + ((mantissaAndNextBit + 1) >> 1);
    return (byte) (code < SATURATED_EXPONENT << MANTISSA_BITS ? code : LARGEST);
  }

  /**
   * Half the number that a code stands for: what goes with the doubled numbers of {@code
   * E2m1Values}. NaN is 0, and the top bit of other codes is ignored.
   */
  public static float toHalfScale(byte code) {
    if (code == NAN) {
      return 0;
    }
    int exponent = (code >> MANTISSA_BITS) & 0xF;
    int mantissa = code & 7;
    if (exponent == 0) {
      return mantissa * 0x1p-10f;
    }
    int floatExponent = exponent + BIAS_DIFFERENCE - 1;
    return Float.intBitsToFloat((floatExponent << 23) | (mantissa << 20));
  }
}
