package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_1Block;
import dev.sparkquant.kernels.block.Q5_1Block;

/** Encodes {@link Q4_1Block} and {@link Q5_1Block} with importance. */
final class AffinePairEncoder extends PairEncoder {
  private static final int NO_FIELD = -1;
  private static final int FIFTH_BITS = FREE;
  private static final int SLOTS = FIFTH_BITS + GROUPS * Lanes.COUNT;
  private static final int SIZE = SLOTS + GROUPS * AffineSlot.SIZE - FREE;

  private final int d;
  private final int m;
  private final int qh;
  private final AffineSearch search;
  private final Stage round;
  private final Stage fifthBits = (m, records, to, c, x) -> HalvesPacking.fifthBits(m, records, to);

  private AffinePairEncoder(int maxLevel, int d, int m, int qh, int qs) {
    super(SIZE, qs);
    this.d = d;
    this.m = m;
    this.qh = qh;
    this.search = new AffineSearch(LENGTH, maxLevel, AffineSearch.Steps.WEIGHTED);
    this.round =
        (memory, records, slot, c, x) ->
            SearchedLevels.affine(memory, records, RECORDS_SIZE, slot, maxLevel);
  }

  static PairEncoder q4_1() {
    return new AffinePairEncoder(15, Q4_1Block.D, Q4_1Block.M, NO_FIELD, Q4_1Block.QS);
  }

  static PairEncoder q5_1() {
    return new AffinePairEncoder(31, Q5_1Block.D, Q5_1Block.M, Q5_1Block.QH, Q5_1Block.QS);
  }

  @Override
  void encode(boolean weighted) {
    weigh(0);
    weigh(1);
    search.search(memory, records(0), records(1), slot(0), slot(1));
    for (int group = 0; group < GROUPS; group++) {
      Stage.run(round, memory, records(group), slot(group));
      if (qh != NO_FIELD) {
        Stage.run(fifthBits, memory, records(group), fifthBits(group));
      }
    }
  }

  @Override
  boolean isExact(int group, int lane) {
    return bits(slot(group) + AffineSlot.REACH + lane) <= Rounding.LIMIT;
  }

  @Override
  void writeHead(int group, int lane, byte[] dst, int at) {
    putHalf(slot(group) + AffineSlot.SCALE + lane, dst, at + d);
    putHalf(slot(group) + AffineSlot.OFFSET + lane, dst, at + m);
    if (qh != NO_FIELD) {
      LittleEndian.putInt(dst, at + qh, bits(fifthBits(group) + lane));
    }
  }

  private int slot(int group) {
    return origin + SLOTS + group * AffineSlot.SIZE;
  }

  private int fifthBits(int group) {
    return origin + FIFTH_BITS + group * Lanes.COUNT;
  }
}
