package dev.sparkquant.kernels.scalar;

/**
 * The order of 4-bit numbers in most block formats: the first half of the elements in the low
 * nibbles, the second half in the high ones.
 */
final class Nibbles {

  private Nibbles() {}

  /** Stores the low four bits of {@code length} levels in {@code length / 2} bytes. */
  static void pack(int[] levels, int length, byte[] dst, int at) {
    int half = length / 2;
    for (int i = 0; i < half; i++) {
      dst[at + i] = (byte) (levels[i] & 0xF | levels[i + half] << 4);
    }
  }

  /** Element {@code i} of {@code length} that are stored from byte {@code at} on. */
  static int get(byte[] src, int at, int length, int i) {
    int half = length / 2;
    return i < half ? src[at + i] & 0xF : (src[at + i - half] >> 4) & 0xF;
  }
}
