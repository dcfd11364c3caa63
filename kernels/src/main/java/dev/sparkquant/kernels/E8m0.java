package dev.sparkquant.kernels;

/**
 * The scale format of MXFP4: an unsigned byte e that stands for 2^(e - 127).
 *
 * <p>Source: {@code ggml_e8m0_to_fp32_half} and {@code quantize_row_mxfp4_ref} in ggml; OCP
 * Microscaling Formats (MX) Specification 1.0.
 */
public final class E8m0 {
  private static final int BIAS = 127;

  /** Exponent of the largest number of E2M1, 6 = 1.5 * 2^2. */
  private static final int ELEMENT_EXPONENT = 2;

  private static final double LN_2 = Math.log(2);

  private E8m0() {}

  /** Half the scale, 2^(e - 128): what goes with the doubled numbers of {@code E2m1Values}. */
  public static float toHalfScale(byte e) {
    int exponent = e & 0xFF;
    int bits = exponent < 2 ? 0x0020_0000 << exponent : (exponent - 1) << 23;
    return Float.intBitsToFloat(bits);
  }

  /**
   * The exponent that puts a block's largest magnitude into the top binade of E2M1; 0 for 0.
   *
   * <p>ggml takes the logarithm in single precision, so a magnitude just below a power of two
   * counts as that power. Magnitudes below 2^-125 need an exponent below 0, which wraps around as
   * in ggml.
   */
  public static byte fromMagnitude(float largest) {
    if (!(largest > 0)) {
      return 0;
    }
    float logarithm = (float) (Math.log(largest) / LN_2);
    return (byte) ((int) Math.floor(logarithm) - ELEMENT_EXPONENT + BIAS);
  }
}
