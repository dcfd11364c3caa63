package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Encodes {@link IQ4_XSBlock}. */
final class IQ4_XSTileEncoder extends TileEncoder {
  private static final int SUB_BLOCKS = IQ4_XSBlock.SUB_BLOCKS;
  private static final int SUB_LENGTH = IQ4_XSBlock.SUB_LENGTH;
  private static final int HALF_SCALE_LEVELS = 32;
  private static final int SIZE = (SUB_BLOCKS + 3) * Lanes.COUNT + IQ4Search.SIZE;

  private final int scales;
  private final int d;
  private final int inverse;
  private final int variance;
  private final IQ4Search search;

  private final Stage square = (m, to, b, c, x) -> Weights.fromSquares(m, to, LENGTH);
  private final Stage vary = (m, from, to, c, x) -> IQ4Levels.variance(m, from, LENGTH, to);
  private final Stage weigh = (m, to, from, c, x) -> Weights.fromImportance(m, to, LENGTH, from);
  private final Stage measure = IQ4_XSTileEncoder::measure;
  private final Stage pack = (m, at, to, c, x) -> IQ4_XSTileEncoder.packHead(m, at, to);
  private final Stage round = IQ4_XSTileEncoder::round;
  private final Stage find = (m, records, scale, c, x) -> IQ4Levels.find(m, records, scale);
  private final Stage number =
      (m, records, scale, to, x) -> IQ4Levels.number(m, records, scale, to);
  private final Stage nibbles = (m, records, word, c, x) -> HalvesPacking.nibbles(m, records, word);

  IQ4_XSTileEncoder() {
    super(IQ4_XSBlock.BYTES, SIZE);
    scales = free;
    d = scales + SUB_BLOCKS * Lanes.COUNT;
    inverse = d + Lanes.COUNT;
    variance = inverse + Lanes.COUNT;
    search = new IQ4Search(variance + Lanes.COUNT);
  }

  @Override
  void encode(boolean weighted) {
    if (weighted) {
      Stage.run(vary, memory, records, variance);
      Stage.run(weigh, memory, records, variance);
    } else {
      Stage.run(square, memory, records, 0);
    }
    for (int j = 0; j < SUB_BLOCKS; j++) {
      search.search(memory, record(j), scale(j));
    }
    Stage.run(measure, memory, scales, d, inverse, reach);
    Stage.run(pack, memory, d, word(0));
    for (int j = 0; j < SUB_BLOCKS; j++) {
      Stage.run(round, memory, scale(j), d, word(0), j);
      Stage.run(find, memory, record(j), scale(j));
      Stage.run(number, memory, record(j), scale(j), reach, 0);
      Stage.run(nibbles, memory, record(j), word(IQ4_XSBlock.QS + j * SUB_LENGTH / 2));
    }
  }

  private int record(int j) {
    return records + j * SUB_LENGTH * Records.SIZE;
  }

  private int scale(int j) {
    return scales + j * Lanes.COUNT;
  }

  /** Spreads the scales over 64 levels: the one of the largest magnitude becomes the lowest. */
  private static void measure(float[] memory, int scales, int d, int inverse, int reach) {
    FloatVector extreme = Lanes.zero();
    FloatVector magnitude = Lanes.zero();
    for (int at = scales; at < scales + SUB_BLOCKS * Lanes.COUNT; at += Lanes.COUNT) {
      FloatVector scale = load(memory, at);
      VectorMask<Float> larger = scale.abs().compare(VectorOperators.GT, magnitude);
      extreme = typed(extreme).blend(scale, larger);
      magnitude = typed(magnitude).blend(scale.abs(), larger);
    }
    FloatVector part = typed(extreme).neg().div(HALF_SCALE_LEVELS);
    VectorMask<Float> zero = part.compare(VectorOperators.EQ, 0f);
    FloatVector levelsAUnit = Lanes.broadcast(1f).div(part).blend(0f, zero);
    store(part, memory, d);
    store(levelsAUnit, memory, inverse);
    IntVector reached = IntVector.zero(Lanes.INTS);
    for (int at = scales; at < scales + SUB_BLOCKS * Lanes.COUNT; at += Lanes.COUNT) {
      reached = typed(reached).max(Rounding.magnitude(levelsAUnit.mul(load(memory, at))));
    }
    storeBits(reached, memory, reach);
  }

  /** Packs the scale of the scales as a half float, and empties the words of their levels. */
  private static void packHead(float[] memory, int d, int word) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      int half = HalfFloat.fromFloat(memory[d + lane]) & 0xFFFF;
      memory[word + lane] = Float.intBitsToFloat(half);
    }
    store(Lanes.zero(), memory, word + Lanes.COUNT);
  }

  /**
   * Rounds the scale of sub-block {@code j} to a level, packs that, and puts in place of the scale
   * what the level stands for, by a scale of the scales that is not yet rounded to a half float.
   */
  private static void round(float[] memory, int scale, int d, int word, int j) {
    FloatVector scaled = load(memory, d + Lanes.COUNT).mul(load(memory, scale));
    IntVector rounded =
        Rounding.round(scaled)
            .max(Rounding.ZERO - HALF_SCALE_LEVELS)
            .min(Rounding.ZERO + HALF_SCALE_LEVELS - 1);
    store(load(memory, d).mul(Rounding.toFloat(rounded)), memory, scale);
    IntVector level = rounded.sub(Rounding.ZERO - HALF_SCALE_LEVELS);
    IntVector high = level.lanewise(VectorOperators.LSHR, 4);
    add(memory, word, high, 8 * IQ4_XSBlock.SCALES_H + 2 * j);
    add(memory, word + Lanes.COUNT, level.and(0xF), 4 * j);
  }

  private static void add(float[] memory, int word, IntVector bits, int place) {
    IntVector shifted = bits.lanewise(VectorOperators.LSHL, place);
    storeBits(loadBits(memory, word).or(shifted), memory, word);
  }
}
