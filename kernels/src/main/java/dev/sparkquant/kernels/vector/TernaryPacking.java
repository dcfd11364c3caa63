package dev.sparkquant.kernels.vector;

/** Packs ternary digits as TQ1_0 has them, five a byte. */
final class TernaryPacking {
  private static final int DIGITS_A_BYTE = 5;

  /** How many numbers five ternary digits make. */
  private static final int NUMBERS = 243;

  /** A number as a fraction of 256, rounded up. */
  private static final byte[] FRACTIONS = new byte[NUMBERS];

  static {
    for (int number = 0; number < NUMBERS; number++) {
      FRACTIONS[number] = (byte) ((number * 256 + NUMBERS - 1) / NUMBERS);
    }
  }

  private TernaryPacking() {}

  /**
   * Packs {@code digits} levels, which are {@code bytes} apart, into each of that many bytes;
   * digits that are wanting to five are 0.
   */
  static void pack(byte[] levels, int at, int bytes, int digits, byte[] dst, int to) {
    for (int i = 0; i < bytes; i++) {
      int number = 0;
      for (int digit = 0; digit < DIGITS_A_BYTE; digit++) {
        int level = digit < digits ? levels[at + digit * bytes + i] : 0;
        number = 3 * number + level;
      }
      dst[to + i] = FRACTIONS[number];
    }
  }
}
