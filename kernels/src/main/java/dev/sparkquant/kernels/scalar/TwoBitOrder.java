package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q2_KBlock;

/**
 * The order of {@link Q2_KBlock#QS}, in which Q2_K, Q3_K and Q6_K keep two bits of each element.
 *
 * <p>Sixteen elements of a sub-block share their shift and lie in sixteen successive bytes.
 */
final class TwoBitOrder {
  private TwoBitOrder() {}

  /** Where the bytes of sub-block {@code j} of 16 start, counted from the first of all. */
  static int firstByte(int j) {
    return 32 * (j / 8) + 16 * (j % 2);
  }

  /** How far the bits of sub-block {@code j} of 16 are shifted to the left. */
  static int shift(int j) {
    return j % 8 / 2 * 2;
  }

  /** Packs 256 numbers from 0 to 3 into {@code dst} from byte {@code at} on. */
  static void pack(int[] levels, byte[] dst, int at) {
    for (int half = 0; half < Q2_KBlock.LENGTH; half += 128) {
      for (int i = half; i < half + 32; i++) {
        dst[at + half / 4 + i - half] =
            (byte) (levels[i] | levels[i + 32] << 2 | levels[i + 64] << 4 | levels[i + 96] << 6);
      }
    }
  }
}
