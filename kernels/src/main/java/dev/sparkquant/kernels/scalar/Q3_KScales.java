package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q3_KBlock;
import java.util.Arrays;

/** Scales of Q3_K, packed as {@link Q3_KBlock#SCALES} says. */
final class Q3_KScales {
  private static final int BYTES = 12;

  private Q3_KScales() {}

  /** The scale of sub-block {@code j}, from -32 to 31. */
  static int get(byte[] bytes, int at, int j) {
    int low = bytes[at + j % 8] >> (j / 8 * 4) & 0xF;
    int high = bytes[at + 8 + j % 4] >> (j / 4 * 2) & 3;
    return (low | high << 4) - 32;
  }

  /** Writes sixteen six-bit scales, 32 added to each: from 0 to 63. */
  static void put(int[] scales, byte[] bytes, int at) {
    Arrays.fill(bytes, at, at + BYTES, (byte) 0);
    for (int j = 0; j < scales.length; j++) {
      bytes[at + j % 8] |= (byte) ((scales[j] & 0xF) << (j / 8 * 4));
      bytes[at + 8 + j % 4] |= (byte) (scales[j] >> 4 << (j / 4 * 2));
    }
  }
}
