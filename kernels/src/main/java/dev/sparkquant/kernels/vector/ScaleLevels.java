package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.HalfFloat;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Levels of the scales or mins of a block's sub-blocks, each lane a block of its own. */
final class ScaleLevels {

  private ScaleLevels() {}

  /**
   * Rounds scales or mins to multiples of the {@code maxLevel}-th part of the largest.
   *
   * @param slots the slot of the first sub-block
   * @param end where the slots end
   * @param number the field of a slot that is rounded
   * @param level the field that receives the level
   * @param part receives that part, 0 if no number is above zero
   * @param reach raised where numbers are not rounded exactly
   */
  static void roundToLargest(
      float[] memory,
      int slots,
      int end,
      int number,
      int level,
      int maxLevel,
      int part,
      int reach) {
    FloatVector largest = Lanes.zero();
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector x = load(memory, slot + number);
      largest = typed(largest).blend(x, x.compare(VectorOperators.GT, largest));
    }
    VectorMask<Float> any = typed(largest).compare(VectorOperators.GT, 0f);
    FloatVector inverse = Lanes.zero().blend(Lanes.broadcast(maxLevel).div(largest), any);
    IntVector reached = loadBits(memory, reach);
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector scaled = load(memory, slot + number).mul(inverse);
      reached = typed(reached).max(Rounding.unsignedMagnitude(scaled));
      store(Rounding.toFloat(Rounding.round(scaled)), memory, slot + level);
    }
    storeBits(reached, memory, reach);
    store(typed(largest).div(maxLevel), memory, part);
  }

  /**
   * Rounds scales so that the one of the largest magnitude gets level {@code -half}; levels are at
   * most {@code half - 1}.
   *
   * @param slots the {@link SymmetricSlot} of the first sub-block
   * @param end where the slots end
   * @param zero below that magnitude, all scales count as zero
   * @param part receives the scale of the levels, 0 if all scales count as zero
   * @param reach raised where scales are not rounded exactly
   */
  static void roundToExtreme(
      float[] memory, int slots, int end, int half, float zero, int part, int reach) {
    FloatVector extreme = Lanes.zero();
    FloatVector magnitude = Lanes.zero();
    for (int slot = slots; slot < end; slot += SymmetricSlot.SIZE) {
      FloatVector x = load(memory, slot + SymmetricSlot.SCALE);
      VectorMask<Float> larger = x.abs().compare(VectorOperators.GT, magnitude);
      extreme = typed(extreme).blend(x, larger);
      magnitude = typed(magnitude).blend(x.abs(), larger);
    }
    VectorMask<Float> none = typed(magnitude).compare(VectorOperators.LT, zero);
    FloatVector inverse = Lanes.broadcast(-half).div(extreme);
    IntVector reached = IntVector.zero(Lanes.INTS);
    for (int slot = slots; slot < end; slot += SymmetricSlot.SIZE) {
      FloatVector scaled = load(memory, slot + SymmetricSlot.SCALE).mul(inverse);
      reached = typed(reached).max(Rounding.magnitude(scaled));
      IntVector level = Rounding.round(scaled).min(Rounding.ZERO + half - 1);
      store(
          Rounding.toFloat(level).blend((float) -half, none),
          memory,
          slot + SymmetricSlot.SCALE_LEVEL);
    }
    reached = typed(reached).blend(0, none.cast(Lanes.INTS)).max(loadBits(memory, reach));
    storeBits(reached, memory, reach);
    store(Lanes.broadcast(1f).div(inverse).blend(0f, none), memory, part);
  }

  /** Rounds a vector to half floats, as floats and as words. */
  static void halve(float[] memory, int at, int to, int word) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      short half = HalfFloat.fromFloat(memory[at + lane]);
      memory[to + lane] = HalfFloat.toFloat(half);
      memory[word + lane] = Float.intBitsToFloat(half & 0xFFFF);
    }
  }

  /** Rounds two vectors to half floats in place, and stores the halves as words, the first low. */
  static void halvePair(float[] memory, int low, int high, int word) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      short lowHalf = HalfFloat.fromFloat(memory[low + lane]);
      short highHalf = HalfFloat.fromFloat(memory[high + lane]);
      memory[low + lane] = HalfFloat.toFloat(lowHalf);
      memory[high + lane] = HalfFloat.toFloat(highHalf);
      memory[word + lane] = Float.intBitsToFloat((lowHalf & 0xFFFF) | highHalf << 16);
    }
  }
}
