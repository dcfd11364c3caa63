package dev.sparkquant.kernels.linalg;

/**
 * The exponential function in float arithmetic, the same bits on every machine and at every vector
 * width ({@link Math#exp} is not, between JDKs and processors).
 *
 * <p>With {@code n} = x / ln 2 rounded to an integer and {@code r = x - n ln 2}, |r| at most 0.35:
 * a polynomial of degree 6 for {@code e^r}, whose exponent {@code n} is then added to. The
 * coefficients minimize the greatest relative error, 3e-9, before rounding; with all rounding the
 * result is within 1e-7 of the true value, relative. Results below the smallest normal number are 0
 * and results above the greatest are infinite; NaN stays NaN.
 */
public final class Exp {
  static final float LOG2_E = 1.4426950408889634f;

  /**
   * 1.5 * 2^23: added to a float of moderate size, it leaves the nearest integer in the low bits.
   */
  static final float ROUNDER = 12582912f;

  /** ln 2 as a float, and what is missing from it. */
  static final float LN2_HIGH = 0.6931472f;

  static final float LN2_LOW = -1.9046542e-9f;

  static final float C2 = 0x1.fffffcp-2f;
  static final float C3 = 0x1.555492p-3f;
  static final float C4 = 0x1.5558f2p-5f;
  static final float C5 = 0x1.123a2p-7f;
  static final float C6 = 0x1.6a23dp-10f;

  /** ln of the smallest normal float, rounded up. */
  static final float LOWEST = -87.33654f;

  /** ln 2^128, rounded up: from here on the result is infinite. */
  static final float HIGHEST = 88.72284f;

  static final int MANTISSA_BITS = 23;

  private Exp() {}

  /** e to the power of {@code x}. */
  public static float exp(float x) {
    if (x < LOWEST) {
      return 0f;
    }
    if (!(x < HIGHEST)) {
      return x * Float.POSITIVE_INFINITY;
    }
    float shifted = Math.fma(x, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(C6, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << MANTISSA_BITS));
  }
}
