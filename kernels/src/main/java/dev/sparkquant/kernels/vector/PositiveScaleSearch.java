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
 * Searches the scale that represents the positive scales or mins of a block's sub-blocks best as
 * {@code scale * level} with whole levels from 0 to a maximum, each lane a block of its own: first
 * among scales near the one that spans the range, then by moving single levels as long as that
 * lessens the weighted squared error.
 *
 * <p>A lane that no longer changes does not change again in further rounds: rounds go on until no
 * lane changes.
 *
 * <p>Source: {@code make_qp_quants} in ggml.
 */
final class PositiveScaleSearch {
  private static final int HIGHEST = 0;
  private static final int BEST_INVERSE = Lanes.COUNT;
  private static final int BEST_ERROR = 2 * Lanes.COUNT;
  private static final int SUM_LX = 3 * Lanes.COUNT;
  private static final int SUM_L2 = 4 * Lanes.COUNT;

  /** Floats of scratch memory that a search needs. */
  static final int SIZE = 5 * Lanes.COUNT;

  /** Below that, numbers count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int STEPS_EACH_WAY = 4;
  private static final int MAX_ROUNDS = 5;

  private final int maxLevel;

  /** Levels that the scale under trial spreads the range over. */
  private float spread;

  /** Whether the last round moved a level. */
  private boolean changed;

  private final Stage start;
  private final Stage attempt;
  private final Stage round;
  private final Stage improve;
  private final Stage finish;

  /**
   * A search for the sub-blocks of a block.
   *
   * @param maxLevel the largest level
   * @param slots the slot of the first sub-block
   * @param end where the slots end
   * @param scratch where {@link #SIZE} floats of scratch memory start
   * @param reach the vector that is raised where numbers are not rounded exactly
   */
  PositiveScaleSearch(int maxLevel, int slots, int end, int scratch, int reach) {
    this.maxLevel = maxLevel;
    start = (m, number, level, c, d) -> start(m, slots, end, number, scratch, reach, maxLevel);
    attempt = (m, number, level, c, d) -> attempt(m, slots, end, number, scratch, maxLevel, spread);
    round = (m, number, level, c, d) -> round(m, slots, end, number, level, scratch, maxLevel);
    improve =
        (m, number, level, c, d) ->
            changed = improve(m, slots, end, number, level, scratch, reach, maxLevel);
    finish = (m, scale, level, c, d) -> finish(m, slots, end, level, scratch, scale);
  }

  /**
   * Searches for a field of the slots, weighted with their sums of weights.
   *
   * @param number the field that is represented
   * @param level the field that receives the level, as a float
   * @param scale receives the scales
   */
  void search(float[] memory, int number, int level, int scale) {
    Stage.run(start, memory, number, level);
    for (int step = -STEPS_EACH_WAY; step <= STEPS_EACH_WAY; step++) {
      if (step != 0) {
        spread = 0.1f * step + maxLevel;
        Stage.run(attempt, memory, number, level);
      }
    }
    Stage.run(round, memory, number, level);
    changed = true;
    for (int i = 0; i < MAX_ROUNDS && changed; i++) {
      Stage.run(improve, memory, number, level);
    }
    Stage.run(finish, memory, scale, level);
  }

  /** Finds the largest number, and the error of the scale that spans the range. */
  private static void start(
      float[] memory, int slots, int end, int number, int scratch, int reach, int maxLevel) {
    FloatVector highest = Lanes.zero();
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector x = load(memory, slot + number);
      highest = x.blend(highest, typed(highest).compare(VectorOperators.GT, x));
    }
    FloatVector inverse = Lanes.broadcast(maxLevel).div(highest);
    FloatVector scale = Lanes.broadcast(1f).div(inverse);
    IntVector reached = IntVector.zero(Lanes.INTS);
    FloatVector error = Lanes.zero();
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector x = load(memory, slot + number);
      FloatVector scaled = inverse.mul(x);
      reached = typed(reached).max(Rounding.unsignedMagnitude(scaled));
      FloatVector difference = x.sub(scale.mul(Rounding.toFloat(Rounding.round(scaled))));
      FloatVector w = load(memory, slot + AffineSlot.SUM_W);
      error = typed(error).add(w.mul(difference).mul(difference));
    }
    VectorMask<Integer> zero = typed(highest).compare(VectorOperators.LT, ZERO).cast(Lanes.INTS);
    reached = typed(reached).blend(0, zero).max(loadBits(memory, reach));
    storeBits(reached, memory, reach);
    store(highest, memory, scratch + HIGHEST);
    store(inverse, memory, scratch + BEST_INVERSE);
    store(error, memory, scratch + BEST_ERROR);
  }

  /** Tries the scale that spreads the range over {@code spread} levels. */
  private static void attempt(
      float[] memory, int slots, int end, int number, int scratch, int maxLevel, float spread) {
    FloatVector inverse = Lanes.broadcast(spread).div(load(memory, scratch + HIGHEST));
    FloatVector scale = Lanes.broadcast(1f).div(inverse);
    FloatVector error = Lanes.zero();
    int highest = Rounding.ZERO + maxLevel;
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector x = load(memory, slot + number);
      FloatVector level = Rounding.toFloat(Rounding.round(inverse.mul(x)).min(highest));
      FloatVector difference = x.sub(scale.mul(level));
      FloatVector w = load(memory, slot + AffineSlot.SUM_W);
      error = typed(error).add(w.mul(difference).mul(difference));
    }
    FloatVector bestError = load(memory, scratch + BEST_ERROR);
    FloatVector bestInverse = load(memory, scratch + BEST_INVERSE);
    VectorMask<Float> better = typed(error).compare(VectorOperators.LT, bestError);
    store(bestError.blend(error, better), memory, scratch + BEST_ERROR);
    store(bestInverse.blend(inverse, better), memory, scratch + BEST_INVERSE);
  }

  /** Rounds with the best scale. */
  private static void round(
      float[] memory, int slots, int end, int number, int level, int scratch, int maxLevel) {
    FloatVector inverse = load(memory, scratch + BEST_INVERSE);
    FloatVector sumLx = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    int highest = Rounding.ZERO + maxLevel;
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector x = load(memory, slot + number);
      FloatVector w = load(memory, slot + AffineSlot.SUM_W);
      FloatVector l = Rounding.toFloat(Rounding.round(inverse.mul(x)).min(highest));
      sumLx = typed(sumLx).add(w.mul(x).mul(l));
      sumL2 = typed(sumL2).add(w.mul(l).mul(l));
      store(l, memory, slot + level);
    }
    store(sumLx, memory, scratch + SUM_LX);
    store(sumL2, memory, scratch + SUM_L2);
  }

  /** Goes once through the levels and moves those that gain by it; whether any lane did. */
  private static boolean improve(
      float[] memory,
      int slots,
      int end,
      int number,
      int level,
      int scratch,
      int reach,
      int maxLevel) {
    boolean changed = false;
    int highest = Rounding.ZERO + maxLevel;
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      FloatVector sumLx = load(memory, scratch + SUM_LX);
      FloatVector sumL2 = load(memory, scratch + SUM_L2);
      FloatVector x = load(memory, slot + number);
      FloatVector w = load(memory, slot + AffineSlot.SUM_W);
      FloatVector l = load(memory, slot + level);
      FloatVector wx = w.mul(x);
      FloatVector othersLx = sumLx.sub(wx.mul(l));
      FloatVector othersL2 = sumL2.sub(w.mul(l).mul(l));
      VectorMask<Float> others =
          othersLx.compare(VectorOperators.GT, 0f).and(othersL2.compare(VectorOperators.GT, 0f));
      FloatVector scaled = x.mul(othersL2).div(othersLx);
      note(memory, reach, scaled, others);
      FloatVector moved = Rounding.toFloat(Rounding.round(scaled).min(highest));
      FloatVector movedLx = othersLx.add(wx.mul(moved));
      FloatVector movedL2 = othersL2.add(w.mul(moved).mul(moved));
      VectorMask<Float> better =
          movedLx
              .mul(movedLx)
              .mul(sumL2)
              .compare(VectorOperators.GT, sumLx.mul(sumLx).mul(movedL2))
              .and(others)
              .and(moved.compare(VectorOperators.NE, l));
      if (better.anyTrue()) {
        changed = true;
        store(l.blend(moved, better), memory, slot + level);
        store(sumLx.blend(movedLx, better), memory, scratch + SUM_LX);
        store(sumL2.blend(movedL2, better), memory, scratch + SUM_L2);
      }
    }
    return changed;
  }

  private static void note(float[] memory, int reach, FloatVector scaled, VectorMask<Float> where) {
    FloatVector counted = Lanes.zero().blend(scaled, where);
    storeBits(loadBits(memory, reach).max(Rounding.unsignedMagnitude(counted)), memory, reach);
  }

  /** Fits the scale; numbers that count as zero have scale 0 and level 0. */
  private static void finish(
      float[] memory, int slots, int end, int level, int scratch, int scale) {
    FloatVector sumLx = load(memory, scratch + SUM_LX);
    FloatVector sumL2 = load(memory, scratch + SUM_L2);
    VectorMask<Float> zero = load(memory, scratch + HIGHEST).compare(VectorOperators.LT, ZERO);
    VectorMask<Float> fits = sumL2.compare(VectorOperators.GT, 0f);
    store(Lanes.zero().blend(sumLx.div(sumL2), fits).blend(0f, zero), memory, scale);
    for (int slot = slots; slot < end; slot += AffineSlot.SIZE) {
      store(load(memory, slot + level).blend(0f, zero), memory, slot + level);
    }
  }
}
