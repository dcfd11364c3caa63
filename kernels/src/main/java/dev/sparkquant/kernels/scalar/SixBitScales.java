package dev.sparkquant.kernels.scalar;

/**
 * The twelve bytes in which Q4_K and Q5_K keep a scale and a min of six bits for each of eight
 * sub-blocks.
 *
 * <p>Bytes 0 to 3 hold the scales of sub-blocks 0 to 3, bytes 4 to 7 their mins. Bytes 8 to 11 hold
 * the low four bits of the scale (low nibble) and of the min (high) of sub-blocks 4 to 7, whose
 * high two bits are the top bits of bytes 0 to 3 (scale) and 4 to 7 (min).
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
