package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Searches the scale that represents a sub-block best as {@code x = scale * level} with whole
 * levels from {@code -half} to {@code half - 1}, each lane a sub-block of its own.
 *
 * <p>The first candidate maps the element of the largest magnitude to {@code -half}; eighteen more
 * map it up to 0.9 levels beyond or short of that. Each candidate rounds the elements to levels and
 * fits the scale to them by weighted least squares; the first with the smallest weighted squared
 * error wins.
 *
 * <p>Candidates do not depend on each other: two are summed up at a time, and compared in order
 * when all sums are known.
 *
 * <p>Source: {@code make_qx_quants} in ggml with {@code rmse_type} 1.
 */
final class SymmetricSearch {
  private static final int STEPS_EACH_WAY = 9;
  private static final int CANDIDATES = 1 + 2 * STEPS_EACH_WAY;
  private static final int AT_A_TIME = 2;

  /** The vectors of a candidate: the inverse of the scale that rounds, and sums. */
  private static final int INVERSE = 0;

  private static final int SUM_LX = Lanes.COUNT;
  private static final int SUM_L2 = 2 * Lanes.COUNT;
  private static final int CANDIDATE_SIZE = 3 * Lanes.COUNT;

  /** Floats of scratch memory that a search needs. */
  static final int SIZE = CANDIDATES * CANDIDATE_SIZE;

  /** The level that each candidate maps the element of the largest magnitude to. */
  private final float[] targets = new float[CANDIDATES];

  private final int scratch;
  private final Stage start;
  private final Stage sumTwo;
  private final Stage choose;

  /** The candidate that {@link #sumTwo} starts with. */
  private int next;

  /**
   * A search over sub-blocks of {@code length} elements.
   *
   * @param scratch where {@link #SIZE} floats of scratch memory start
   */
  SymmetricSearch(int length, int half, int scratch) {
    this.scratch = scratch;
    targets[0] = -half;
    for (int step = 1; step <= STEPS_EACH_WAY; step++) {
      targets[1 + STEPS_EACH_WAY - step] = -(half + 0.1f * -step);
      targets[STEPS_EACH_WAY + step] = -(half + 0.1f * step);
    }
    int size = length * Records.SIZE;
    start = (m, records, slot, c, d) -> start(m, records, size, slot, scratch, half);
    sumTwo =
        (m, records, slot, to, d) ->
            sumTwo(m, records, size, slot, to, half, targets[next], targets[next + 1]);
    choose = (m, slot, b, c, d) -> choose(m, slot, scratch);
  }

  /**
   * Searches for a group of sub-blocks.
   *
   * @param records the record of the first element: with weights, and in place of levels the
   *     products of weights and elements
   * @param slot the {@link SymmetricSlot} that receives the result
   */
  void search(float[] memory, int records, int slot) {
    Stage.run(start, memory, records, slot);
    for (next = 1; next < CANDIDATES; next += AT_A_TIME) {
      Stage.run(sumTwo, memory, records, slot, scratch + next * CANDIDATE_SIZE, 0);
    }
    Stage.run(choose, memory, slot, 0);
  }

  /** Finds the element of the largest magnitude, and sums up for the first candidate. */
  private static void start(
      float[] memory, int records, int size, int slot, int scratch, int half) {
    IntVector magnitude = IntVector.zero(Lanes.INTS);
    for (int at = records; at < records + size; at += Records.SIZE) {
      magnitude = typed(magnitude).max(Rounding.magnitude(load(memory, at + Records.X)));
    }
    FloatVector extreme = Lanes.zero();
    for (int at = records + size - Records.SIZE; at >= records; at -= Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      VectorMask<Integer> largest = Rounding.magnitude(x).compare(VectorOperators.EQ, magnitude);
      extreme = typed(extreme).blend(x, largest.cast(Lanes.FLOATS));
    }
    FloatVector inverse = Lanes.broadcast(-half).div(extreme);
    FloatVector sumLx = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    FloatVector sumW = Lanes.zero();
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector level = level(load(memory, at + Records.X).mul(inverse), half);
      FloatVector w = load(memory, at + Records.WEIGHT);
      sumLx = typed(sumLx).add(load(memory, at + Records.WEIGHTED_X).mul(level));
      sumL2 = typed(sumL2).add(w.mul(level).mul(level));
      sumW = typed(sumW).add(w);
    }
    store(extreme, memory, slot + SymmetricSlot.EXTREME);
    store(sumW, memory, slot + SymmetricSlot.SUM_W);
    store(inverse, memory, scratch + INVERSE);
    store(sumLx, memory, scratch + SUM_LX);
    store(sumL2, memory, scratch + SUM_L2);
  }

  /** Sums up what the least squares fit needs for the levels of two candidates. */
  private static void sumTwo(
      float[] memory,
      int records,
      int size,
      int slot,
      int to,
      int half,
      float targetA,
      float targetB) {
    FloatVector extreme = load(memory, slot + SymmetricSlot.EXTREME);
    FloatVector inverseA = Lanes.broadcast(targetA).div(extreme);
    FloatVector inverseB = Lanes.broadcast(targetB).div(extreme);
    store(inverseA, memory, to + INVERSE);
    store(inverseB, memory, to + CANDIDATE_SIZE + INVERSE);
    FloatVector lxA = Lanes.zero();
    FloatVector lxB = Lanes.zero();
    FloatVector l2A = Lanes.zero();
    FloatVector l2B = Lanes.zero();
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector w = load(memory, at + Records.WEIGHT);
      FloatVector wx = load(memory, at + Records.WEIGHTED_X);
      FloatVector a = level(x.mul(inverseA), half);
      FloatVector b = level(x.mul(inverseB), half);
      lxA = typed(lxA).add(wx.mul(a));
      lxB = typed(lxB).add(wx.mul(b));
      l2A = typed(l2A).add(w.mul(a).mul(a));
      l2B = typed(l2B).add(w.mul(b).mul(b));
    }
    store(lxA, memory, to + SUM_LX);
    store(l2A, memory, to + SUM_L2);
    store(lxB, memory, to + CANDIDATE_SIZE + SUM_LX);
    store(l2B, memory, to + CANDIDATE_SIZE + SUM_L2);
  }

  /** Takes the candidates in order, each that is better than the best before it. */
  private static void choose(float[] memory, int slot, int scratch) {
    FloatVector firstLx = load(memory, scratch + SUM_LX);
    FloatVector firstL2 = load(memory, scratch + SUM_L2);
    VectorMask<Float> fits = firstL2.compare(VectorOperators.NE, 0f);
    FloatVector inverse = load(memory, scratch + INVERSE);
    FloatVector scale = Lanes.zero().blend(firstLx.div(firstL2), fits);
    FloatVector best = scale.mul(firstLx);
    for (int at = scratch + CANDIDATE_SIZE; at < scratch + SIZE; at += CANDIDATE_SIZE) {
      FloatVector lx = load(memory, at + SUM_LX);
      FloatVector l2 = load(memory, at + SUM_L2);
      VectorMask<Float> better =
          lx.mul(lx)
              .compare(VectorOperators.GT, typed(best).mul(l2))
              .and(l2.compare(VectorOperators.GT, 0f));
      FloatVector fitted = lx.div(l2);
      scale = typed(scale).blend(fitted, better);
      best = typed(best).blend(fitted.mul(lx), better);
      inverse = typed(inverse).blend(load(memory, at + INVERSE), better);
    }
    FloatVector magnitude = load(memory, slot + SymmetricSlot.EXTREME).abs();
    VectorMask<Float> zero = magnitude.compare(VectorOperators.LT, SymmetricSlot.ZERO);
    store(typed(scale).blend(0f, zero), memory, slot + SymmetricSlot.SCALE);
    store(inverse, memory, slot + SymmetricSlot.BEST_INVERSE);
  }

  private static FloatVector level(FloatVector scaled, int half) {
    return Rounding.toFloat(
        Rounding.round(scaled).max(Rounding.ZERO - half).min(Rounding.ZERO + half - 1));
  }
}
