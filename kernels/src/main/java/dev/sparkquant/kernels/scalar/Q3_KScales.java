package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * The twelve bytes in which Q3_K keeps a scale of six bits, less 32, for each of sixteen
 * sub-blocks.
 *
 * <p>Bytes 0 to 7 hold the low four bits of sub-blocks j (low nibble) and j + 8 (high); bytes 8 to
 * 11 the high two bits of sub-blocks j, j + 4, j + 8 and j + 12, lowest bits first.
 */
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
