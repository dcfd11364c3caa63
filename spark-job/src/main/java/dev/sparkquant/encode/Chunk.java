package dev.sparkquant.encode;

import java.math.BigInteger;

/**
 * How many elements are on the way at a time: few enough for source, floats and blocks to stay in a
 * core's own cache, and what encoders take at once, so that no vector runs with idle lanes.
 */
final class Chunk {
  private static final int ELEMENTS = 1 << 15;

  /** Encoders take up to 16 blocks of 256 elements at a time, across rows. */
  private static final int TILE = 16 * 256;

  /** With importance they take as many blocks of one column, from as many rows. */
  private static final int WEIGHTED_ROWS = 16;

  private static final int MOST_WEIGHTED_ELEMENTS = 1 << 18;

  private Chunk() {}

  /** Elements of a chunk that is only copied: whole blocks. */
  static long ofBlocks(int blockLength) {
    return Math.max(ELEMENTS / blockLength, 1) * (long) blockLength;
  }

  /** Elements of a chunk that is encoded: whole rows. */
  static long ofRows(long rowLength, boolean weighted) {
    long rows = TILE / BigInteger.valueOf(TILE).gcd(BigInteger.valueOf(rowLength)).longValue();
    if (rows * rowLength > MOST_WEIGHTED_ELEMENTS) {
      rows = 1;
    }
    if (weighted && WEIGHTED_ROWS * rowLength <= MOST_WEIGHTED_ELEMENTS) {
      rows = WEIGHTED_ROWS;
    }
    return Math.max(ELEMENTS / rowLength / rows, 1) * rows * rowLength;
  }
}
