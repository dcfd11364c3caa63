package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Packs the levels of 32 elements as the formats do that put the first half of them into low
 * nibbles and the second half into high ones. A word holds the bits of four successive bytes.
 */
final class HalvesPacking {
  /** Words that the nibbles take. */
  static final int NIBBLE_WORDS = 4;

  private static final int LENGTH = 32;
  private static final int BYTES_A_WORD = 4;

  private HalvesPacking() {}

  /**
   * Packs the low four bits of levels into 16 bytes: byte i holds those of elements i and i + 16.
   *
   * @param word receives the words, a vector each
   */
  static void nibbles(float[] memory, int records, int word) {
    for (int w = 0; w < NIBBLE_WORDS; w++) {
      IntVector packed = IntVector.zero(Lanes.INTS);
      for (int i = 0; i < BYTES_A_WORD; i++) {
        int low = records + (BYTES_A_WORD * w + i) * Records.SIZE + Records.LEVEL;
        int high = low + LENGTH / 2 * Records.SIZE;
        packed = typed(packed).or(shift(loadBits(memory, low).and(0xF), 8 * i));
        packed = typed(packed).or(shift(loadBits(memory, high).and(0xF), 8 * i + 4));
      }
      storeBits(packed, memory, word + w * Lanes.COUNT);
    }
  }

  /** Packs bit 4 of every level into one word: that of element i is bit i. */
  static void fifthBits(float[] memory, int records, int word) {
    IntVector packed = IntVector.zero(Lanes.INTS);
    for (int i = 0; i < LENGTH; i++) {
      IntVector level = loadBits(memory, records + i * Records.SIZE + Records.LEVEL);
      packed = typed(packed).or(shift(level.lanewise(VectorOperators.LSHR, 4).and(1), i));
    }
    storeBits(packed, memory, word);
  }

  private static IntVector shift(IntVector bits, int places) {
    return bits.lanewise(VectorOperators.LSHL, places);
  }
}
