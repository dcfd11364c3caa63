package dev.sparkquant.kernels.scalar;

/** The fifth bits of 32 levels, bit i that of level i. */
final class FifthBits {

  private FifthBits() {}

  static int pack(int[] levels) {
    int bits = 0;
    for (int i = 0; i < Integer.SIZE; i++) {
      bits |= (levels[i] >> 4 & 1) << i;
    }
    return bits;
  }

  /** What the fifth bit contributes to level {@code i}: 0 or 16. */
  static int get(int bits, int i) {
    return (bits >>> i & 1) << 4;
  }
}
