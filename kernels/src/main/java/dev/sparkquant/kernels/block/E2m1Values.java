package dev.sparkquant.kernels.block;

/**
 * The sixteen values that MXFP4 and NVFP4 choose from: twice the numbers of the 4-bit float E2M1
 * (sign, two exponent bits, one mantissa bit), so that they are whole.
 *
 * <p>Source: {@code kvalues_mxfp4} in ggml; OCP Microscaling Formats (MX) Specification 1.0.
 */
public final class E2m1Values {
  /** How many values there are. */
  public static final int COUNT = 16;

  private static final byte[] VALUES = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

  private E2m1Values() {}

  /** The value that a 4-bit number from 0 to 15 stands for; negative zero is plain zero. */
  public static int value(int q) {
    return VALUES[q];
  }
}
