package dev.sparkquant.kernels.block;

/**
 * The sixteen values that IQ4_NL and IQ4_XS choose from, ascending.
 *
 * <p>Source: {@code kvalues_iq4nl} in ggml.
 */
public final class IQ4Values {
  private static final byte[] VALUES = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private IQ4Values() {}

  /** The value that a 4-bit number from 0 to 15 stands for. */
  public static int value(int q) {
    return VALUES[q];
  }
}
