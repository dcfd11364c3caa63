package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Packs settled levels into the words of blocks: a word holds the bits of four successive bytes.
 *
 * <p>Levels are in their records as {@link Rounding#ZERO} plus the level; its low 22 bits are those
 * of the level.
 */
final class Packing {
  private static final int BYTES_A_WORD = 4;

  private Packing() {}

  /**
   * Packs the low four bits of elements into 32 bytes: the 32 elements from record {@code low} on
   * into low nibbles, those from {@code high} on into high ones.
   */
  static void nibbles(float[] memory, int low, int high, int word) {
    for (int w = 0; w < 8; w++) {
      IntVector packed = IntVector.zero(Lanes.INTS);
      for (int i = 0; i < BYTES_A_WORD; i++) {
        int record = (BYTES_A_WORD * w + i) * Records.SIZE + Records.LEVEL;
        IntVector lowBits = loadBits(memory, low + record).and(0xF);
        IntVector highBits = loadBits(memory, high + record).and(0xF);
        packed = typed(packed).or(shift(lowBits.or(shift(highBits, 4)), 8 * i));
      }
      storeBits(packed, memory, word + w * Lanes.COUNT);
    }
  }

  /**
   * Packs bit {@code bit} of 256 elements into 32 bytes: byte i holds that of elements i, i + 32
   * and so on, the first lowest.
   */
  static void singleBits(float[] memory, int record, int bit, int word) {
    for (int w = 0; w < 8; w++) {
      IntVector packed = IntVector.zero(Lanes.INTS);
      for (int i = 0; i < 32; i++) {
        int element = BYTES_A_WORD * w + i % BYTES_A_WORD + 32 * (i / BYTES_A_WORD);
        IntVector level = loadBits(memory, record + element * Records.SIZE + Records.LEVEL);
        IntVector only = level.lanewise(VectorOperators.LSHR, bit).and(1);
        packed = typed(packed).or(shift(only, 8 * (i % BYTES_A_WORD) + i / BYTES_A_WORD));
      }
      storeBits(packed, memory, word + w * Lanes.COUNT);
    }
  }

  /**
   * Packs two bits of 128 elements, from {@code bit} on, into 32 bytes: byte i holds those of
   * elements i, i + 32, i + 64 and i + 96, the first lowest.
   */
  static void bitPairs(float[] memory, int record, int bit, int word) {
    for (int w = 0; w < 8; w++) {
      IntVector packed = IntVector.zero(Lanes.INTS);
      for (int i = 0; i < BYTES_A_WORD; i++) {
        int at = record + (BYTES_A_WORD * w + i) * Records.SIZE + Records.LEVEL;
        IntVector a = bitPair(memory, at, bit);
        IntVector b = bitPair(memory, at + 32 * Records.SIZE, bit);
        IntVector c = bitPair(memory, at + 64 * Records.SIZE, bit);
        IntVector d = bitPair(memory, at + 96 * Records.SIZE, bit);
        IntVector all = a.or(shift(b, 2)).or(shift(c, 4)).or(shift(d, 6));
        packed = typed(packed).or(shift(all, 8 * i));
      }
      storeBits(packed, memory, word + w * Lanes.COUNT);
    }
  }

  private static IntVector bitPair(float[] memory, int at, int bit) {
    return loadBits(memory, at).lanewise(VectorOperators.LSHR, bit).and(3);
  }

  private static IntVector shift(IntVector bits, int places) {
    return bits.lanewise(VectorOperators.LSHL, places);
  }
}
