package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.Q4_KBlock;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Packs the scales and mins of Q4_K and Q5_K, six bits each, as {@link Q4_KBlock#SCALES} says. */
final class SixBitScales {

  private SixBitScales() {}

  /** Packs the levels in eight slots from {@code slots} on into three words. */
  static void pack(float[] memory, int slots, int word) {
    IntVector scales = IntVector.zero(Lanes.INTS);
    IntVector mins = scales;
    IntVector nibbles = scales;
    for (int j = 0; j < 4; j++) {
      int slot = slots + j * AffineSlot.SIZE;
      int later = slot + 4 * AffineSlot.SIZE;
      IntVector laterScale = level(memory, later + AffineSlot.SCALE_LEVEL);
      IntVector laterMin = level(memory, later + AffineSlot.MIN_LEVEL);
      int shift = 8 * j;
      scales = typed(scales).or(topped(memory, slot + AffineSlot.SCALE_LEVEL, laterScale, shift));
      mins = typed(mins).or(topped(memory, slot + AffineSlot.MIN_LEVEL, laterMin, shift));
      nibbles =
          typed(nibbles)
              .or(
                  laterScale
                      .and(0xF)
                      .or(laterMin.and(0xF).lanewise(VectorOperators.LSHL, 4))
                      .lanewise(VectorOperators.LSHL, shift));
    }
    storeBits(scales, memory, word);
    storeBits(mins, memory, word + Lanes.COUNT);
    storeBits(nibbles, memory, word + 2 * Lanes.COUNT);
  }

  /** A level of six bits, topped with the two high bits of another. */
  private static IntVector topped(float[] memory, int at, IntVector later, int shift) {
    return level(memory, at)
        .or(later.lanewise(VectorOperators.LSHR, 4).lanewise(VectorOperators.LSHL, 6))
        .lanewise(VectorOperators.LSHL, shift);
  }

  private static IntVector level(float[] memory, int at) {
    return Rounding.round(load(memory, at)).and(0x3F);
  }
}
