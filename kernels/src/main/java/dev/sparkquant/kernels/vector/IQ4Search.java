package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.IQ4Values;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Searches the scale that represents 32 elements best as {@code x = scale * value} with the values
 * of {@link IQ4Values}, each lane 32 elements of its own.
 *
 * <p>Each candidate picks values with an inverse scale near the one that maps the largest magnitude
 * to the first value, and fits the scale to the values by weighted least squares. The candidate
 * that explains most of the weighted squares wins.
 *
 * <p>Source: {@code quantize_row_iq4_nl_impl} in ggml.
 */
final class IQ4Search {
  /** Elements that are searched together. */
  static final int LENGTH = 32;

  /** Below that, elements count as zero. */
  private static final float ZERO = 1e-15f;

  private static final int STEPS_EITHER_SIDE = 7;
  private static final float FIRST_VALUE = IQ4Values.value(0);
  private static final int RECORDS_SIZE = LENGTH * Records.SIZE;

  /** The vectors of scratch memory: the element of the largest magnitude, and what steps find. */
  private static final int EXTREME = 0;

  private static final int INVERSE = Lanes.COUNT;
  private static final int SUM_QX = 2 * Lanes.COUNT;
  private static final int SUM_Q2 = 3 * Lanes.COUNT;
  private static final int BEST = 4 * Lanes.COUNT;

  /** Floats of scratch memory that a search needs. */
  static final int SIZE = 5 * Lanes.COUNT;

  private final int scratch;

  /** The value that {@link #aim} maps the largest magnitude to. */
  private float nextValue;

  private final Stage start = (m, records, s, c, d) -> start(m, records, s);
  private final Stage find = (m, records, s, c, d) -> find(m, records, s);
  private final Stage sum = (m, records, s, c, d) -> sum(m, records, s);
  private final Stage acceptFirst = (m, s, scale, c, d) -> acceptFirst(m, s, scale);
  private final Stage aim = (m, s, b, c, d) -> aim(m, s, nextValue);
  private final Stage accept = (m, s, scale, c, d) -> accept(m, s, scale);
  private final Stage finish = (m, s, scale, c, d) -> finish(m, s, scale);

  /**
   * @param scratch where {@link #SIZE} floats of scratch memory start
   */
  IQ4Search(int scratch) {
    this.scratch = scratch;
  }

  /**
   * Searches for {@link #LENGTH} elements.
   *
   * @param records the record of the first: with weights
   * @param scale where to put the scales, 0 where elements count as zero
   */
  void search(float[] memory, int records, int scale) {
    Stage.run(start, memory, records, scratch);
    sum(memory, records);
    Stage.run(acceptFirst, memory, scratch, scale);
    for (int step = -STEPS_EITHER_SIDE; step <= STEPS_EITHER_SIDE; step++) {
      nextValue = step + FIRST_VALUE;
      Stage.run(aim, memory, scratch, 0);
      sum(memory, records);
      Stage.run(accept, memory, scratch, scale);
    }
    Stage.run(finish, memory, scratch, scale);
  }

  private void sum(float[] memory, int records) {
    if (IQ4Lookup.APART) {
      Stage.run(find, memory, records, scratch);
    }
    Stage.run(sum, memory, records, scratch);
  }

  /** Finds the element of the largest magnitude, and maps it to the first value negated. */
  private static void start(float[] memory, int records, int scratch) {
    FloatVector extreme = Lanes.zero();
    FloatVector magnitude = Lanes.zero();
    for (int at = records; at < records + RECORDS_SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      VectorMask<Float> larger = x.abs().compare(VectorOperators.GT, magnitude);
      extreme = typed(extreme).blend(x, larger);
      magnitude = typed(magnitude).blend(x.abs(), larger);
    }
    store(extreme, memory, scratch + EXTREME);
    FloatVector firstScale = typed(extreme).neg().div(FIRST_VALUE);
    store(Lanes.broadcast(1f).div(firstScale), memory, scratch + INVERSE);
  }

  private static void aim(float[] memory, int scratch, float value) {
    FloatVector extreme = load(memory, scratch + EXTREME);
    store(Lanes.broadcast(value).div(extreme), memory, scratch + INVERSE);
  }

  /** Looks up the cells of scaled elements, and leaves what it finds in place of levels. */
  private static void find(float[] memory, int records, int scratch) {
    FloatVector inverse = load(memory, scratch + INVERSE);
    for (int at = records; at < records + RECORDS_SIZE; at += Records.SIZE) {
      IntVector found = IQ4Lookup.find(inverse.mul(load(memory, at + Records.X)));
      storeBits(found, memory, at + Records.LEVEL);
    }
  }

  /** Sums up what the least squares fit needs. */
  private static void sum(float[] memory, int records, int scratch) {
    FloatVector inverse = load(memory, scratch + INVERSE);
    FloatVector sumQx = Lanes.zero();
    FloatVector sumQ2 = Lanes.zero();
    for (int at = records; at < records + RECORDS_SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector scaled = inverse.mul(x);
      IntVector found =
          IQ4Lookup.APART ? loadBits(memory, at + Records.LEVEL) : IQ4Lookup.find(scaled);
      FloatVector value = IQ4Lookup.value(scaled, found);
      FloatVector weighted = load(memory, at + Records.WEIGHT).mul(value);
      sumQx = typed(sumQx).add(weighted.mul(x));
      sumQ2 = typed(sumQ2).add(weighted.mul(value));
    }
    store(sumQx, memory, scratch + SUM_QX);
    store(sumQ2, memory, scratch + SUM_Q2);
  }

  private static void acceptFirst(float[] memory, int scratch, int scale) {
    FloatVector qx = load(memory, scratch + SUM_QX);
    FloatVector q2 = load(memory, scratch + SUM_Q2);
    FloatVector fitted = Lanes.zero().blend(qx.div(q2), q2.compare(VectorOperators.GT, 0f));
    store(fitted, memory, scale);
    store(fitted.mul(qx), memory, scratch + BEST);
  }

  private static void accept(float[] memory, int scratch, int scale) {
    FloatVector qx = load(memory, scratch + SUM_QX);
    FloatVector q2 = load(memory, scratch + SUM_Q2);
    FloatVector best = load(memory, scratch + BEST);
    VectorMask<Float> better =
        qx.mul(qx)
            .compare(VectorOperators.GT, best.mul(q2))
            .and(q2.compare(VectorOperators.GT, 0f));
    FloatVector fitted = qx.div(q2);
    store(load(memory, scale).blend(fitted, better), memory, scale);
    store(best.blend(fitted.mul(qx), better), memory, scratch + BEST);
  }

  private static void finish(float[] memory, int scratch, int scale) {
    VectorMask<Float> zero =
        load(memory, scratch + EXTREME).abs().compare(VectorOperators.LT, ZERO);
    store(load(memory, scale).blend(0f, zero), memory, scale);
  }
}
