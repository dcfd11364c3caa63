package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import dev.sparkquant.kernels.block.IQ4_NLBlock;

/** Encodes {@link IQ4_NLBlock}. */
final class IQ4_NLPairEncoder extends PairEncoder {
  private static final int SCALES = FREE;
  private static final int REACHES = SCALES + GROUPS * Lanes.COUNT;
  private static final int SCRATCH = REACHES + GROUPS * Lanes.COUNT;

  private final IQ4Search search = new IQ4Search(origin + SCRATCH);
  private final Stage clear = (m, at, b, c, d) -> store(Lanes.zero(), m, at);
  private final Stage square = (m, records, b, c, d) -> Weights.fromSquares(m, records, LENGTH);
  private final Stage vary =
      (m, records, variance, c, d) -> IQ4Levels.variance(m, records, LENGTH, variance);
  private final Stage find = (m, records, scale, c, d) -> IQ4Levels.find(m, records, scale);
  private final Stage number =
      (m, records, scale, to, d) -> IQ4Levels.number(m, records, scale, to);

  IQ4_NLPairEncoder() {
    super(SCRATCH + IQ4Search.SIZE - FREE, IQ4_NLBlock.QS);
  }

  @Override
  void encode(boolean weighted) {
    for (int group = 0; group < GROUPS; group++) {
      int scale = scale(group);
      if (weighted) {
        Stage.run(vary, memory, records(group), variances(group));
        weigh(group);
      } else {
        Stage.run(square, memory, records(group), 0);
      }
      search.search(memory, records(group), scale);
      Stage.run(clear, memory, reach(group), 0);
      Stage.run(find, memory, records(group), scale);
      Stage.run(number, memory, records(group), scale, reach(group), 0);
    }
  }

  @Override
  boolean isExact(int group, int lane) {
    return bits(reach(group) + lane) <= Rounding.LIMIT;
  }

  @Override
  void writeHead(int group, int lane, byte[] dst, int at) {
    putHalf(scale(group) + lane, dst, at + IQ4_NLBlock.D);
  }

  private int scale(int group) {
    return origin + SCALES + group * Lanes.COUNT;
  }

  /** How far the scaled elements of a group reach. */
  private int reach(int group) {
    return origin + REACHES + group * Lanes.COUNT;
  }
}
