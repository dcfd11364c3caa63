package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.IqGrid;

/** Points of the IQ formats' code books, a coordinate a byte. */
final class GridBytes {
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final int SIGN_COMBINATIONS = 256;

  /** For eight signs, a byte of ones for each that is set. */
  private static final long[] NEGATIVE = new long[SIGN_COMBINATIONS];

  static {
    for (int signs = 0; signs < SIGN_COMBINATIONS; signs++) {
      for (int i = 0; i < Byte.SIZE; i++) {
        NEGATIVE[signs] |= (signs >> i & 1) * 0xFFL << Byte.SIZE * i;
      }
    }
  }

  private GridBytes() {}

  /** All points of a code book as little-endian bytes: {@code factor * coordinate + offset}. */
  static long[] points(IqGrid grid, int factor, int offset) {
    long[] points = new long[grid.size()];
    for (int point = 0; point < points.length; point++) {
      for (int i = 0; i < grid.dimensions(); i++) {
        long coordinate = factor * grid.coordinate(point, i) + offset;
        points[point] |= coordinate << Byte.SIZE * i;
      }
    }
    return points;
  }

  /** Eight signs from seven: an even number of them is set. */
  static int evenSigns(int seven) {
    int signs = seven & 0x7F;
    return signs | (Integer.bitCount(signs) & 1) << 7;
  }

  /** Negates the bytes, none of them zero, whose sign is set. */
  static long negate(long bytes, int signs) {
    long negative = NEGATIVE[signs & 0xFF];
    // The complement plus one: no byte of the complement is 255, so that nothing is carried.
    return (bytes ^ negative) + (negative & EACH_BYTE);
  }
}
