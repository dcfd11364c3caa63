package dev.sparkquant.kernels;

/** Looks for weights that no encoder can take. */
public final class FiniteCheck {

  private FiniteCheck() {}

  /**
   * The first NaN or infinity among {@code length} elements from {@code x[offset]} on.
   *
   * @return its index counted from {@code offset}, or -1 if all elements are finite
   */
  public static int firstNonFinite(float[] x, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(x[offset + i])) {
        return i;
      }
    }
    return -1;
  }
}
