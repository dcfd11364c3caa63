package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q6_KBlock;

/** The order of {@link Q6_KBlock#QL}, in which Q6_K keeps the low four bits of its elements. */
final class Q6_KOrder {

  private Q6_KOrder() {}

  /** Where the bytes of sub-block {@code j} of 16 start, counted from the first of all. */
  static int firstByte(int j) {
    return 64 * (j / 8) + 16 * (j % 4);
  }

  /** How far the bits of sub-block {@code j} of 16 are shifted to the left. */
  static int shift(int j) {
    return j % 8 / 4 * 4;
  }

  /** Packs the low four bits of 256 levels into {@code dst} from byte {@code at} on. */
  static void pack(int[] levels, byte[] dst, int at) {
    for (int half = 0; half < 2; half++) {
      for (int i = 0; i < 64; i++) {
        int element = 128 * half + i;
        dst[at + 64 * half + i] =
            (byte) ((levels[element] & 0xF) | (levels[element + 64] & 0xF) << 4);
      }
    }
  }
}
