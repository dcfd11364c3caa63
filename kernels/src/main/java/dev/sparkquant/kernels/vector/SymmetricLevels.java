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
 * Rounds elements to the levels of a scale that is settled: {@code x = scale * (level - half)}.
 *
 * <p>Levels are left in the records as {@link Rounding#ZERO} plus the level, from 0 to {@code 2 *
 * half - 1}.
 */
final class SymmetricLevels {

  private SymmetricLevels() {}

  /**
   * Sets the scale that a block stores for a sub-block, and notes how far the elements will reach
   * with it. Where it is zero nothing is rounded.
   *
   * @return whether it is zero in any lane
   */
  static boolean settle(float[] memory, int slot, int d, int reach) {
    FloatVector scale = load(memory, d).mul(load(memory, slot + SymmetricSlot.SCALE_LEVEL));
    FloatVector farthest = load(memory, slot + SymmetricSlot.EXTREME).div(scale);
    VectorMask<Integer> zero = scale.compare(VectorOperators.EQ, 0f).cast(Lanes.INTS);
    IntVector reached = Rounding.magnitude(farthest).blend(0, zero);
    storeBits(loadBits(memory, reach).max(reached), memory, reach);
    store(scale, memory, slot + SymmetricSlot.STORED_SCALE);
    return zero.anyTrue();
  }

  /** Rounds with stored scales, none of which is zero. */
  static void round(float[] memory, int records, int size, int slot, int half) {
    FloatVector inverse = Lanes.broadcast(1f).div(load(memory, slot + SymmetricSlot.STORED_SCALE));
    IntVector changes = IntVector.zero(Lanes.INTS);
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector scaled = load(memory, at + Records.X).mul(inverse);
      FloatVector shifted = scaled.add(Rounding.ROUNDER + half);
      FloatVector rounded = shifted.sub(Rounding.ROUNDER + half);
      changes = typed(changes).max(Rounding.magnitude(rounded.sub(scaled)));
      storeBits(clamp(shifted, half), memory, at + Records.LEVEL);
    }
    if (Rounding.mayDifferFromQuotients(changes)) {
      roundQuotients(memory, records, size, slot, half);
    }
  }

  private static void roundQuotients(float[] memory, int records, int size, int slot, int half) {
    FloatVector scale = load(memory, slot + SymmetricSlot.STORED_SCALE);
    for (int at = records; at < records + size; at += Records.SIZE) {
      IntVector level = level(load(memory, at + Records.X).div(scale), half);
      storeBits(level, memory, at + Records.LEVEL);
    }
  }

  /**
   * Rounds with stored scales; where one is zero, rounds what is in place of the level, counted
   * from the middle one.
   */
  static void roundUnlessZero(float[] memory, int records, int size, int slot, int half) {
    FloatVector scale = load(memory, slot + SymmetricSlot.STORED_SCALE);
    VectorMask<Integer> zero = scale.compare(VectorOperators.EQ, 0f).cast(Lanes.INTS);
    for (int at = records; at < records + size; at += Records.SIZE) {
      IntVector level = level(load(memory, at + Records.X).div(scale), half);
      IntVector searched = level(load(memory, at + Records.LEVEL), half);
      storeBits(level.blend(searched, zero), memory, at + Records.LEVEL);
    }
  }

  /**
   * Leaves in the records what rounds to the best levels of a {@link SymmetricSearch}, counted from
   * the middle one. Elements that count as zero have the lowest level.
   */
  static void restoreSearched(float[] memory, int records, int size, int slot, int half) {
    FloatVector magnitude = load(memory, slot + SymmetricSlot.EXTREME).abs();
    VectorMask<Float> zero = magnitude.compare(VectorOperators.LT, SymmetricSlot.ZERO);
    FloatVector inverse = load(memory, slot + SymmetricSlot.BEST_INVERSE);
    for (int at = records; at < records + size; at += Records.SIZE) {
      store(
          load(memory, at + Records.X).mul(inverse).blend((float) -half, zero),
          memory,
          at + Records.LEVEL);
    }
  }

  /** Levels from 0 on: {@code half} is added in the same operation that rounds. */
  private static IntVector level(FloatVector scaled, int half) {
    return clamp(scaled.add(Rounding.ROUNDER + half), half);
  }

  private static IntVector clamp(FloatVector shifted, int half) {
    return Lanes.bits(shifted).max(Rounding.ZERO).min(Rounding.ZERO + 2 * half - 1);
  }
}
