package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.LittleEndian;

/** Packs levels of a byte each into fewer bits, eight at a time. */
final class BytePacking {
  private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;

  /** As a factor, gathers the lowest bits of eight bytes in the top byte. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  private static final long LOW_NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;

  private BytePacking() {}

  /**
   * Packs the low four bits of {@code 2 * length} levels: byte i holds those of levels i and i +
   * {@code length}.
   *
   * @param length a multiple of 8
   */
  static void nibbles(byte[] levels, int at, int length, byte[] dst, int to) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long low = LittleEndian.getLong(levels, at + i) & LOW_NIBBLES;
      long high = LittleEndian.getLong(levels, at + length + i) & LOW_NIBBLES;
      LittleEndian.putLong(dst, to + i, low | high << 4);
    }
  }

  /** Bit 4 of 32 levels: that of level i is bit i. */
  static int fifthBits(byte[] levels) {
    int bits = 0;
    for (int i = 0; i < Integer.SIZE; i += Byte.SIZE) {
      bits |= lowestBits(LittleEndian.getLong(levels, i) >>> 4) << i;
    }
    return bits;
  }

  /** The lowest bit of each of eight bytes: that of byte i is bit i. */
  private static int lowestBits(long bytes) {
    return (int) ((bytes & LOWEST_BITS) * GATHER >>> 56);
  }

  /**
   * Packs levels from 0 to 3, which are {@code length} apart, four a byte: byte i holds levels i, i
   * + {@code length} and so on, the first lowest.
   *
   * @param length a multiple of 8
   */
  static void pairs(byte[] levels, int at, int length, byte[] dst, int to) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long first = LittleEndian.getLong(levels, at + i);
      long second = LittleEndian.getLong(levels, at + length + i);
      long third = LittleEndian.getLong(levels, at + 2 * length + i);
      long fourth = LittleEndian.getLong(levels, at + 3 * length + i);
      LittleEndian.putLong(dst, to + i, first | second << 2 | third << 4 | fourth << 6);
    }
  }

  /** Packs successive levels from 0 to 3, four a byte, the first lowest. */
  static void successivePairs(byte[] levels, int length, byte[] dst, int to) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long bytes = LittleEndian.getLong(levels, i);
      long packed = bytes | bytes >>> 6 | bytes >>> 12 | bytes >>> 18;
      dst[to + i / 4] = (byte) packed;
      dst[to + i / 4 + 1] = (byte) (packed >>> 32);
    }
  }
}
