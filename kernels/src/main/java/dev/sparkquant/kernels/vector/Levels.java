package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds elements to the levels of a scale and a min that are settled.
 *
 * <p>Levels are left in the records as {@link Rounding#ZERO} plus the level.
 */
final class Levels {

  private Levels() {}

  /**
   * Sets the scale and min that a block stores for a sub-block, and notes how far the elements will
   * reach with them.
   *
   * <p>The quotient is monotonous in the element, so the extremes reach furthest. Where the scale
   * is zero nothing is rounded.
   */
  static void settle(float[] memory, int slot, int d, int dmin, int reach) {
    FloatVector scale = load(memory, d).mul(load(memory, slot + AffineSlot.SCALE_LEVEL));
    FloatVector min = load(memory, dmin).mul(load(memory, slot + AffineSlot.MIN_LEVEL));
    VectorMask<Integer> zero = scale.compare(VectorOperators.EQ, 0f).cast(Lanes.INTS);
    IntVector reached = loadBits(memory, slot + AffineSlot.REACH).max(loadBits(memory, reach));
    FloatVector lowest = load(memory, slot + AffineSlot.LOWEST).add(min).div(scale);
    FloatVector highest = load(memory, slot + AffineSlot.HIGHEST).add(min).div(scale);
    IntVector rounded = Rounding.magnitude(lowest).max(Rounding.magnitude(highest));
    storeBits(reached.max(rounded.blend(0, zero)), memory, reach);
    store(scale, memory, slot + AffineSlot.SCALE);
    store(min, memory, slot + AffineSlot.MIN);
  }

  /**
   * Levels from 0 to {@code maxLevel} for {@code x = scale * level - min}; where the scale is zero,
   * the best levels that the search found.
   */
  static void roundAffine(float[] memory, int records, int size, int slot, int maxLevel) {
    FloatVector scale = load(memory, slot + AffineSlot.SCALE);
    FloatVector min = load(memory, slot + AffineSlot.MIN);
    VectorMask<Float> zero = scale.compare(VectorOperators.EQ, 0f);
    FloatVector inverse = Lanes.broadcast(1f).div(scale).blend(0f, zero);
    IntVector changes = IntVector.zero(Lanes.INTS);
    int highest = Rounding.ZERO + maxLevel;
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector scaled = load(memory, at + Records.X).add(min).mul(inverse);
      IntVector level = Rounding.round(scaled);
      changes = typed(changes).max(Rounding.magnitude(Rounding.toFloat(level).sub(scaled)));
      storeBits(level.max(Rounding.ZERO).min(highest), memory, at + Records.LEVEL);
    }
    if (Rounding.mayDifferFromQuotients(changes)) {
      roundQuotients(memory, records, size, slot, maxLevel);
    }
    if (zero.anyTrue()) {
      restoreSearched(memory, records, size, slot, maxLevel);
    }
  }

  private static void roundQuotients(
      float[] memory, int records, int size, int slot, int maxLevel) {
    FloatVector scale = load(memory, slot + AffineSlot.SCALE);
    FloatVector min = load(memory, slot + AffineSlot.MIN);
    int highest = Rounding.ZERO + maxLevel;
    for (int at = records; at < records + size; at += Records.SIZE) {
      IntVector level = Rounding.round(load(memory, at + Records.X).add(min).div(scale));
      storeBits(level.max(Rounding.ZERO).min(highest), memory, at + Records.LEVEL);
    }
  }

  private static void restoreSearched(
      float[] memory, int records, int size, int slot, int maxLevel) {
    FloatVector scale = load(memory, slot + AffineSlot.SCALE);
    VectorMask<Integer> zero = scale.compare(VectorOperators.EQ, 0f).cast(Lanes.INTS);
    FloatVector inverse = load(memory, slot + AffineSlot.BEST_INVERSE);
    FloatVector origin = load(memory, slot + AffineSlot.BEST_ORIGIN);
    int highest = Rounding.ZERO + maxLevel;
    for (int at = records; at < records + size; at += Records.SIZE) {
      IntVector level = Rounding.round(load(memory, at + Records.X).sub(origin).mul(inverse));
      IntVector rounded = loadBits(memory, at + Records.LEVEL);
      IntVector searched = level.max(Rounding.ZERO).min(highest);
      storeBits(rounded.blend(searched, zero), memory, at + Records.LEVEL);
    }
  }
}
