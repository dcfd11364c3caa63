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
 * Searches the scale and the min that represent a sub-block best as {@code x = scale * level - min}
 * with whole levels from 0 to a maximum, each lane a sub-block of its own.
 *
 * <p>The first candidate spans the range of the elements. Every step then rounds the elements to
 * levels with another scale, counted from the best min so far, and fits scale and min to those
 * levels by weighted least squares. The candidate with the smallest weighted error wins.
 *
 * <p>Two groups of sub-blocks are searched at a time, half a step apart: while the elements of one
 * are rounded and summed up, the errors of the other are. That mixes loads and arithmetic evenly
 * and hides the latency of sums that have to be added up in order. Types with four groups and more
 * search two such pairs by turns.
 *
 * <p>What a search knows is kept in its {@link AffineSlot slot} between {@link Stage stages}.
 *
 * <p>Source: {@code make_qkx2_quants} and {@code make_qkx3_quants} in ggml, which with weights do
 * the same.
 */
final class AffineSearch {

  /**
   * How a search goes about it.
   *
   * @param firstExtra levels beyond the largest that the first step spreads the elements over
   * @param extraStep what every further step adds to that
   * @param count number of steps
   * @param absoluteError whether differences count absolute instead of squared
   */
  record Steps(float firstExtra, float extraStep, int count, boolean absoluteError) {

    /** The steps of every search with importance. */
    static final Steps WEIGHTED = new Steps(-0.9f, 0.05f, 37, false);
  }

  /** Floats of the records of a group. */
  private final int size;

  private final int maxLevel;

  /** Levels that each step spreads the elements over. */
  private final float[] spreads;

  /** The spread that {@link #accept} aims at. */
  private float nextSpread;

  private final Stage measure;
  private final Stage start;
  private final Stage roundAndJudge;
  private final Stage clampAndJudge;
  private final Stage fit;
  private final Stage acceptFirst;
  private final Stage accept;
  private final Stage finish;

  /** A search over sub-blocks of {@code length} elements for levels up to {@code maxLevel}. */
  AffineSearch(int length, int maxLevel, Steps steps) {
    this.maxLevel = maxLevel;
    this.spreads = new float[steps.count];
    for (int step = 0; step < spreads.length; step++) {
      spreads[step] = steps.firstExtra + steps.extraStep * step + maxLevel;
    }
    this.size = length * Records.SIZE;
    int highest = Rounding.ZERO + maxLevel;
    measure = (m, records, slot, c, d) -> measure(m, records, slot, size);
    start = (m, records, slot, c, d) -> start(m, slot, nextSpread);
    if (steps.absoluteError) {
      clampAndJudge = (m, a, sA, b, sB) -> clampAndJudgeAbsolute(m, a, sA, b, sB, size, highest);
      roundAndJudge = clampAndJudge;
    } else {
      clampAndJudge = (m, a, sA, b, sB) -> clampAndJudgeSquared(m, a, sA, b, sB, size, highest);
      roundAndJudge = (m, a, sA, b, sB) -> roundAndJudgeSquared(m, a, sA, b, sB, size);
    }
    fit = (m, slot, b, c, d) -> fit(m, slot);
    acceptFirst = (m, records, slot, c, d) -> acceptFirst(m, slot, nextSpread);
    accept = (m, slot, b, c, d) -> accept(m, slot, nextSpread);
    finish = (m, records, slot, c, d) -> finish(m, slot);
  }

  /**
   * Searches for two groups of sub-blocks whose elements and weights are in the records from {@code
   * memory[a]} and {@code memory[b]} on.
   *
   * @param slotA the {@link AffineSlot} that receives the result for {@code a}
   * @param slotB the one for {@code b}
   */
  void search(float[] memory, int a, int b, int slotA, int slotB) {
    begin(memory, a, b, slotA, slotB);
    for (int step = 0; step < spreads.length; step++) {
      nextSpread = spread(step + 1);
      roundAndJudge(step, memory, b, slotB, a, slotA);
      decide(memory, slotA, slotB);
      roundAndJudge(step + 1, memory, a, slotA, b, slotB);
      decide(memory, slotB, slotA);
    }
    Stage.run(finish, memory, a, slotA);
    Stage.run(finish, memory, b, slotB);
  }

  /**
   * Searches for two such pairs of groups, successive in memory, by turns: while it is decided on
   * one pair, which is a chain of operations that each wait for the one before, the elements of the
   * other are rounded.
   *
   * @param a the record of the first element of the first group
   * @param slot the first of four successive slots
   */
  void searchFour(float[] memory, int a, int slot) {
    int b = a + size;
    int c = b + size;
    int d = c + size;
    int slotB = slot + AffineSlot.SIZE;
    int slotC = slotB + AffineSlot.SIZE;
    int slotD = slotC + AffineSlot.SIZE;
    begin(memory, a, b, slot, slotB);
    begin(memory, c, d, slotC, slotD);
    roundAndJudge(0, memory, b, slotB, a, slot);
    for (int step = 0; step < spreads.length; step++) {
      nextSpread = spread(step + 1);
      roundAndJudge(step, memory, d, slotD, c, slotC);
      decide(memory, slot, slotB);
      roundAndJudge(step + 1, memory, a, slot, b, slotB);
      decide(memory, slotC, slotD);
      roundAndJudge(step + 1, memory, c, slotC, d, slotD);
      decide(memory, slotB, slot);
      roundAndJudge(step + 1, memory, b, slotB, a, slot);
      decide(memory, slotD, slotC);
    }
    for (int i = 0; i < 4; i++) {
      Stage.run(finish, memory, a + i * size, slot + i * AffineSlot.SIZE);
    }
  }

  /** The spread of a step; after the last it does not matter. */
  private float spread(int step) {
    return spreads[Math.min(step, spreads.length - 1)];
  }

  /**
   * Whether elements spread over so many levels may be rounded to more than the largest. The
   * highest element is scaled to the spread, within a rounding error, and all others to less,
   * unless the offset is above the highest: {@link #aim} notes such.
   */
  private boolean needsClamp(float spread) {
    return spread > maxLevel + 0.49f;
  }

  /**
   * Rounds for a step, and judges the step of another group. Each stage is called from a place of
   * its own: the machine need not look up which it is.
   */
  private void roundAndJudge(
      int step, float[] memory, int rounded, int slot, int judged, int judgedSlot) {
    if (needsClamp(spread(step))) {
      Stage.run(clampAndJudge, memory, rounded, slot, judged, judgedSlot);
    } else {
      Stage.run(roundAndJudge, memory, rounded, slot, judged, judgedSlot);
    }
  }

  /** Measures a pair of groups, takes their first candidates, and rounds for the first step. */
  private void begin(float[] memory, int a, int b, int slotA, int slotB) {
    Stage.run(measure, memory, a, slotA);
    Stage.run(measure, memory, b, slotB);
    nextSpread = maxLevel;
    Stage.run(start, memory, a, slotA);
    Stage.run(start, memory, b, slotB);
    Stage.run(roundAndJudge, memory, a, slotA, b, slotB);
    Stage.run(roundAndJudge, memory, b, slotB, a, slotA);
    nextSpread = spread(0);
    Stage.run(acceptFirst, memory, a, slotA);
    roundAndJudge(0, memory, a, slotA, b, slotB);
    Stage.run(acceptFirst, memory, b, slotB);
    Stage.run(fit, memory, slotA, 0);
  }

  /** Settles the step of the group that was judged, and fits to the levels of the other. */
  private void decide(float[] memory, int judgedSlot, int roundedSlot) {
    Stage.run(accept, memory, judgedSlot, 0);
    Stage.run(fit, memory, roundedSlot, 0);
  }

  /** Finds the range of the elements, extended to zero if above, and weighted sums. */
  private static void measure(float[] memory, int records, int slot, int size) {
    IntVector lowest = IntVector.zero(Lanes.INTS);
    IntVector highest = Ranges.ordered(loadBits(memory, records + Records.X));
    FloatVector sumW = Lanes.zero();
    FloatVector sumX = Lanes.zero();
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector w = load(memory, at + Records.WEIGHT);
      IntVector ordered = Ranges.ordered(Lanes.bits(x));
      lowest = typed(lowest).min(ordered);
      highest = typed(highest).max(ordered);
      sumW = typed(sumW).add(w);
      sumX = typed(sumX).add(w.mul(x));
    }
    storeBits(Ranges.ordered(typed(lowest)), memory, slot + AffineSlot.LOWEST);
    storeBits(Ranges.ordered(typed(highest)), memory, slot + AffineSlot.HIGHEST);
    store(sumW, memory, slot + AffineSlot.SUM_W);
    store(sumX, memory, slot + AffineSlot.SUM_X);
    if (typed(lowest).compare(VectorOperators.GE, Ranges.NEGATIVE_ZERO).anyTrue()) {
      findLowestZero(memory, records, slot, size);
    }
  }

  /** Where no element is below zero, the lowest is the first zero, with its sign, or zero. */
  private static void findLowestZero(float[] memory, int records, int slot, int size) {
    FloatVector lowest = load(memory, records + Records.X);
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      lowest = typed(lowest).blend(x, x.compare(VectorOperators.LT, lowest));
    }
    lowest = typed(lowest).blend(0f, typed(lowest).compare(VectorOperators.GT, 0f));
    store(lowest, memory, slot + AffineSlot.LOWEST);
  }

  /** Makes the scale that spans the range the first candidate. */
  private static void start(float[] memory, int slot, float spread) {
    FloatVector lowest = load(memory, slot + AffineSlot.LOWEST);
    store(lowest, memory, slot + AffineSlot.OFFSET);
    store(lowest, memory, slot + AffineSlot.TRIAL_OFFSET);
    store(Lanes.zero(), memory, slot + AffineSlot.REACH);
    aim(memory, slot, lowest, spread);
    FloatVector inverse = load(memory, slot + AffineSlot.INVERSE);
    store(Lanes.broadcast(1f).div(inverse), memory, slot + AffineSlot.TRIAL_SCALE);
  }

  /**
   * Sets the inverse scale of the next step, and notes how far the elements will reach with it:
   * beyond all limits where the offset is above them, for then the highest is not rounded to the
   * highest level.
   */
  private static void aim(float[] memory, int slot, FloatVector offset, float spread) {
    FloatVector span = load(memory, slot + AffineSlot.HIGHEST).sub(offset);
    FloatVector below = load(memory, slot + AffineSlot.LOWEST).sub(offset);
    FloatVector inverse = Lanes.broadcast(spread).div(span);
    store(inverse, memory, slot + AffineSlot.INVERSE);
    IntVector negative = Lanes.bits(span).lanewise(VectorOperators.ASHR, 31);
    IntVector upper = Lanes.bits(inverse.mul(span)).or(negative).and(Rounding.MAGNITUDE);
    IntVector reach = loadBits(memory, slot + AffineSlot.REACH);
    reach = reach.max(upper).max(Rounding.magnitude(inverse.mul(below)));
    storeBits(reach, memory, slot + AffineSlot.REACH);
  }

  /**
   * Rounds the elements of one group to levels and sums up what the least squares fit needs; sums
   * up the squared errors that the levels of the other group have with their trial scale and
   * offset.
   */
  private static void roundAndJudgeSquared(
      float[] memory, int rounded, int slot, int judged, int judgedSlot, int size) {
    FloatVector inverse = load(memory, slot + AffineSlot.INVERSE);
    FloatVector origin = load(memory, slot + AffineSlot.OFFSET);
    FloatVector scale = load(memory, judgedSlot + AffineSlot.TRIAL_SCALE);
    FloatVector offset = load(memory, judgedSlot + AffineSlot.TRIAL_OFFSET);
    FloatVector sumL = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    FloatVector sumXL = Lanes.zero();
    FloatVector error = Lanes.zero();
    int distance = judged - rounded;
    for (int at = rounded; at < rounded + size; at += Records.SIZE) {
      int judgedAt = at + distance;
      FloatVector x = load(memory, at + Records.X);
      FloatVector level =
          Rounding.toFloat(Rounding.round(x.sub(origin).mul(inverse)).max(Rounding.ZERO));
      FloatVector weighted = load(memory, at + Records.WEIGHT).mul(level);
      FloatVector difference =
          load(memory, judgedAt + Records.LEVEL)
              .mul(scale)
              .add(offset)
              .sub(load(memory, judgedAt + Records.X));
      FloatVector loss = difference.mul(difference).mul(load(memory, judgedAt + Records.WEIGHT));
      store(level, memory, at + Records.LEVEL);
      sumL = typed(sumL).add(weighted);
      sumL2 = typed(sumL2).add(weighted.mul(level));
      sumXL = typed(sumXL).add(weighted.mul(x));
      error = typed(error).add(loss);
    }
    store(sumL, memory, slot + AffineSlot.SUM_L);
    store(sumL2, memory, slot + AffineSlot.SUM_L2);
    store(sumXL, memory, slot + AffineSlot.SUM_XL);
    store(error, memory, judgedSlot + AffineSlot.ERROR);
  }

  /**
   * As {@link #roundAndJudgeSquared}, with levels of at most the highest: that takes one operation
   * of eighteen, and each step that needs none has a loop without.
   */
  private static void clampAndJudgeSquared(
      float[] memory, int rounded, int slot, int judged, int judgedSlot, int size, int highest) {
    FloatVector inverse = load(memory, slot + AffineSlot.INVERSE);
    FloatVector origin = load(memory, slot + AffineSlot.OFFSET);
    FloatVector scale = load(memory, judgedSlot + AffineSlot.TRIAL_SCALE);
    FloatVector offset = load(memory, judgedSlot + AffineSlot.TRIAL_OFFSET);
    FloatVector sumL = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    FloatVector sumXL = Lanes.zero();
    FloatVector error = Lanes.zero();
    int distance = judged - rounded;
    for (int at = rounded; at < rounded + size; at += Records.SIZE) {
      int judgedAt = at + distance;
      FloatVector x = load(memory, at + Records.X);
      FloatVector level =
          Rounding.toFloat(
              Rounding.round(x.sub(origin).mul(inverse)).max(Rounding.ZERO).min(highest));
      FloatVector weighted = load(memory, at + Records.WEIGHT).mul(level);
      FloatVector difference =
          load(memory, judgedAt + Records.LEVEL)
              .mul(scale)
              .add(offset)
              .sub(load(memory, judgedAt + Records.X));
      FloatVector loss = difference.mul(difference).mul(load(memory, judgedAt + Records.WEIGHT));
      store(level, memory, at + Records.LEVEL);
      sumL = typed(sumL).add(weighted);
      sumL2 = typed(sumL2).add(weighted.mul(level));
      sumXL = typed(sumXL).add(weighted.mul(x));
      error = typed(error).add(loss);
    }
    store(sumL, memory, slot + AffineSlot.SUM_L);
    store(sumL2, memory, slot + AffineSlot.SUM_L2);
    store(sumXL, memory, slot + AffineSlot.SUM_XL);
    store(error, memory, judgedSlot + AffineSlot.ERROR);
  }

  /** As {@link #clampAndJudgeSquared}, with absolute errors. */
  private static void clampAndJudgeAbsolute(
      float[] memory, int rounded, int slot, int judged, int judgedSlot, int size, int highest) {
    FloatVector inverse = load(memory, slot + AffineSlot.INVERSE);
    FloatVector origin = load(memory, slot + AffineSlot.OFFSET);
    FloatVector scale = load(memory, judgedSlot + AffineSlot.TRIAL_SCALE);
    FloatVector offset = load(memory, judgedSlot + AffineSlot.TRIAL_OFFSET);
    FloatVector sumL = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    FloatVector sumXL = Lanes.zero();
    FloatVector error = Lanes.zero();
    int distance = judged - rounded;
    for (int at = rounded; at < rounded + size; at += Records.SIZE) {
      int judgedAt = at + distance;
      FloatVector x = load(memory, at + Records.X);
      FloatVector level =
          Rounding.toFloat(
              Rounding.round(x.sub(origin).mul(inverse)).max(Rounding.ZERO).min(highest));
      FloatVector weighted = load(memory, at + Records.WEIGHT).mul(level);
      FloatVector difference =
          load(memory, judgedAt + Records.LEVEL)
              .mul(scale)
              .add(offset)
              .sub(load(memory, judgedAt + Records.X));
      FloatVector loss = difference.abs().mul(load(memory, judgedAt + Records.WEIGHT));
      store(level, memory, at + Records.LEVEL);
      sumL = typed(sumL).add(weighted);
      sumL2 = typed(sumL2).add(weighted.mul(level));
      sumXL = typed(sumXL).add(weighted.mul(x));
      error = typed(error).add(loss);
    }
    store(sumL, memory, slot + AffineSlot.SUM_L);
    store(sumL2, memory, slot + AffineSlot.SUM_L2);
    store(sumXL, memory, slot + AffineSlot.SUM_XL);
    store(error, memory, judgedSlot + AffineSlot.ERROR);
  }

  /** Fits trial scale and offset to the trial levels; no number where there is no fit. */
  private static void fit(float[] memory, int slot) {
    FloatVector sumW = load(memory, slot + AffineSlot.SUM_W);
    FloatVector sumX = load(memory, slot + AffineSlot.SUM_X);
    FloatVector sumL = load(memory, slot + AffineSlot.SUM_L);
    FloatVector sumL2 = load(memory, slot + AffineSlot.SUM_L2);
    FloatVector sumXL = load(memory, slot + AffineSlot.SUM_XL);
    FloatVector determinant = noneUnlessPositive(sumW.mul(sumL2).sub(sumL.mul(sumL)));
    FloatVector scale = sumW.mul(sumXL).sub(sumX.mul(sumL)).div(determinant);
    FloatVector offset = sumL2.mul(sumX).sub(sumL.mul(sumXL)).div(determinant);
    store(scale, memory, slot + AffineSlot.TRIAL_SCALE);
    store(offset, memory, slot + AffineSlot.TRIAL_OFFSET);
    if (offset.compare(VectorOperators.GT, 0f).anyTrue()) {
      capOffset(memory, slot);
    }
  }

  /**
   * Differences that are zero or less made NaN: their bits, less one, are below zero. None is -0,
   * for what is subtracted is a square.
   */
  private static FloatVector noneUnlessPositive(FloatVector differences) {
    IntVector bits = Lanes.bits(differences);
    return Lanes.floats(bits.or(bits.sub(1).lanewise(VectorOperators.ASHR, 31)));
  }

  /** Where the trial offset is above zero, fits the scale alone. */
  private static void capOffset(float[] memory, int slot) {
    FloatVector offset = load(memory, slot + AffineSlot.TRIAL_OFFSET);
    VectorMask<Float> above = offset.compare(VectorOperators.GT, 0f);
    FloatVector scale =
        load(memory, slot + AffineSlot.SUM_XL).div(load(memory, slot + AffineSlot.SUM_L2));
    store(
        load(memory, slot + AffineSlot.TRIAL_SCALE).blend(scale, above),
        memory,
        slot + AffineSlot.TRIAL_SCALE);
    store(offset.blend(0f, above), memory, slot + AffineSlot.TRIAL_OFFSET);
  }

  /** Takes the first candidate for the best, and aims at the next. */
  private static void acceptFirst(float[] memory, int slot, float spread) {
    FloatVector offset = load(memory, slot + AffineSlot.OFFSET);
    store(load(memory, slot + AffineSlot.ERROR), memory, slot + AffineSlot.BEST_ERROR);
    store(load(memory, slot + AffineSlot.TRIAL_SCALE), memory, slot + AffineSlot.SCALE);
    store(load(memory, slot + AffineSlot.INVERSE), memory, slot + AffineSlot.BEST_INVERSE);
    store(offset, memory, slot + AffineSlot.BEST_ORIGIN);
    aim(memory, slot, offset, spread);
  }

  /** Takes the trial for the best where its error is smaller, and aims at the next. */
  private static void accept(float[] memory, int slot, float spread) {
    FloatVector error = load(memory, slot + AffineSlot.ERROR);
    FloatVector bestError = load(memory, slot + AffineSlot.BEST_ERROR);
    FloatVector origin = load(memory, slot + AffineSlot.OFFSET);
    VectorMask<Float> better = error.compare(VectorOperators.LT, bestError);
    store(bestError.blend(error, better), memory, slot + AffineSlot.BEST_ERROR);
    replace(memory, slot + AffineSlot.SCALE, load(memory, slot + AffineSlot.TRIAL_SCALE), better);
    replace(
        memory, slot + AffineSlot.BEST_INVERSE, load(memory, slot + AffineSlot.INVERSE), better);
    replace(memory, slot + AffineSlot.BEST_ORIGIN, origin, better);
    FloatVector offset = origin.blend(load(memory, slot + AffineSlot.TRIAL_OFFSET), better);
    store(offset, memory, slot + AffineSlot.OFFSET);
    aim(memory, slot, offset, spread);
  }

  private static void replace(
      float[] memory, int at, FloatVector replacement, VectorMask<Float> where) {
    store(load(memory, at).blend(replacement, where), memory, at);
  }

  /** Sub-blocks without a range have scale 0 and level 0. */
  private static void finish(float[] memory, int slot) {
    FloatVector lowest = load(memory, slot + AffineSlot.LOWEST);
    VectorMask<Float> flat =
        load(memory, slot + AffineSlot.HIGHEST).compare(VectorOperators.EQ, lowest);
    FloatVector zero = Lanes.zero();
    replace(memory, slot + AffineSlot.SCALE, zero, flat);
    replace(memory, slot + AffineSlot.REACH, zero, flat);
    replace(memory, slot + AffineSlot.BEST_INVERSE, zero, flat);
    replace(memory, slot + AffineSlot.OFFSET, lowest, flat);
    replace(memory, slot + AffineSlot.BEST_ORIGIN, lowest, flat);
    store(load(memory, slot + AffineSlot.OFFSET).neg(), memory, slot + AffineSlot.MIN);
  }
}
