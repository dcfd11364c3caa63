package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Looks for NaN and infinity eight bytes at a time: where all bits of an exponent are set, adding
 * its lowest bit carries into the bit above it, the sign's place, and nowhere else.
 */
final class FiniteNumbers {
  /** Bytes looked at before it is decided. */
  private static final int STEP = 32;

  private static final long BOTH_WORDS = 0x0000_0001_0000_0001L;

  private FiniteNumbers() {}

  /** As {@link KernelProvider#finiteBytes}. */
  static int bytes(byte[] data, int offset, int length, int exponents) {
    long mask = (exponents & 0xFFFF_FFFFL) * BOTH_WORDS;
    long signs = mask << 1 & ~mask;
    long lowest = signs - mask;
    int done = 0;
    for (; done + STEP <= length; done += STEP) {
      int at = offset + done;
      long a = (LittleEndian.getLong(data, at) & mask) + lowest;
      long b = (LittleEndian.getLong(data, at + 8) & mask) + lowest;
      long c = (LittleEndian.getLong(data, at + 16) & mask) + lowest;
      long d = (LittleEndian.getLong(data, at + 24) & mask) + lowest;
      if (((a | b | c | d) & signs) != 0) {
        break;
      }
    }
    return done;
  }
}
