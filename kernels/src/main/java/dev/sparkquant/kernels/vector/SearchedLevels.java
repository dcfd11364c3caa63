package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds elements to the best levels that a search has found, for types that store those.
 *
 * <p>Levels are left in the records as {@link Rounding#ZERO} plus the level.
 */
final class SearchedLevels {

  private SearchedLevels() {}

  /**
   * Levels of a {@link SymmetricSearch}, counted from the lowest; elements that count as zero get
   * 0.
   */
  static void symmetric(float[] memory, int records, int size, int slot, int half) {
    FloatVector magnitude = load(memory, slot + SymmetricSlot.EXTREME).abs();
    VectorMask<Float> zero = magnitude.compare(VectorOperators.LT, SymmetricSlot.ZERO);
    FloatVector inverse = load(memory, slot + SymmetricSlot.BEST_INVERSE);
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector scaled = load(memory, at + Records.X).mul(inverse).blend((float) -half, zero);
      IntVector level = Rounding.round(scaled);
      level = level.max(Rounding.ZERO - half).min(Rounding.ZERO + half - 1).add(half);
      storeBits(level, memory, at + Records.LEVEL);
    }
  }

  /** Levels of an {@link AffineSearch}. */
  static void affine(float[] memory, int records, int size, int slot, int maxLevel) {
    FloatVector inverse = load(memory, slot + AffineSlot.BEST_INVERSE);
    FloatVector origin = load(memory, slot + AffineSlot.BEST_ORIGIN);
    int highest = Rounding.ZERO + maxLevel;
    for (int at = records; at < records + size; at += Records.SIZE) {
      IntVector level = Rounding.round(load(memory, at + Records.X).sub(origin).mul(inverse));
      storeBits(level.max(Rounding.ZERO).min(highest), memory, at + Records.LEVEL);
    }
  }
}
