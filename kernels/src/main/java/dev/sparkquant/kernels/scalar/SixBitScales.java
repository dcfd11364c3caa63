package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q4_KBlock;

/**
 * Scales and mins of Q4_K and Q5_K, packed as {@link Q4_KBlock#SCALES} says.
 *
 * <p>Source: {@code get_scale_min_k4} in ggml.
 */
final class SixBitScales {

  private SixBitScales() {}

  /** The scale of sub-block {@code j}, from 0 to 63. */
  static int scale(byte[] bytes, int at, int j) {
    return j < 4 ? bytes[at + j] & 63 : (bytes[at + j + 4] & 0xF) | (bytes[at + j - 4] & 0xC0) >> 2;
  }

  /** The min of sub-block {@code j}, from 0 to 63. */
  static int min(byte[] bytes, int at, int j) {
    return j < 4
        ? bytes[at + j + 4] & 63
        : (bytes[at + j + 4] & 0xF0) >> 4 | (bytes[at + j] & 0xC0) >> 2;
  }

  /**
   * Writes scale and min of sub-block {@code j}. Sub-blocks are written in ascending order: the
   * later ones add their bits to the bytes of the earlier.
   */
  static void put(byte[] bytes, int at, int j, int scale, int min) {
    if (j < 4) {
      bytes[at + j] = (byte) scale;
      bytes[at + j + 4] = (byte) min;
    } else {
      bytes[at + j + 4] = (byte) ((scale & 0xF) | (min & 0xF) << 4);
      bytes[at + j - 4] |= (byte) (scale >> 4 << 6);
      bytes[at + j] |= (byte) (min >> 4 << 6);
    }
  }
}
