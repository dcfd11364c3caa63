package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_0Block;
import dev.sparkquant.kernels.block.Q5_0Block;

/** Encodes {@link Q4_0Block} and {@link Q5_0Block} with importance. */
final class SymmetricPairEncoder extends PairEncoder {
  private static final int NO_FIELD = -1;
  private static final int FIFTH_BITS = FREE;
  private static final int SLOTS = FIFTH_BITS + GROUPS * Lanes.COUNT;
  private static final int SCRATCH = SLOTS + GROUPS * SymmetricSlot.SIZE;

  private final int d;
  private final int qh;
  private final SymmetricSearch search;
  private final Stage multiply = (m, records, b, c, x) -> Weights.multiply(m, records, LENGTH);
  private final Stage round;
  private final Stage fifthBits = (m, records, to, c, x) -> HalvesPacking.fifthBits(m, records, to);

  private SymmetricPairEncoder(int half, int d, int qh, int qs) {
    super(SCRATCH + SymmetricSearch.SIZE - FREE, qs);
    this.d = d;
    this.qh = qh;
    this.search = new SymmetricSearch(LENGTH, half, origin + SCRATCH);
    this.round =
        (m, records, slot, c, x) -> SearchedLevels.symmetric(m, records, RECORDS_SIZE, slot, half);
  }

  static PairEncoder q4_0() {
    return new SymmetricPairEncoder(8, Q4_0Block.D, NO_FIELD, Q4_0Block.QS);
  }

  static PairEncoder q5_0() {
    return new SymmetricPairEncoder(16, Q5_0Block.D, Q5_0Block.QH, Q5_0Block.QS);
  }

  @Override
  void encode(boolean weighted) {
    for (int group = 0; group < GROUPS; group++) {
      weigh(group);
      Stage.run(multiply, memory, records(group), 0);
      search.search(memory, records(group), slot(group));
      Stage.run(round, memory, records(group), slot(group));
      if (qh != NO_FIELD) {
        Stage.run(fifthBits, memory, records(group), fifthBits(group));
      }
    }
  }

  @Override
  boolean isExact(int group, int lane) {
    return true;
  }

  @Override
  void writeHead(int group, int lane, byte[] dst, int at) {
    putHalf(slot(group) + SymmetricSlot.SCALE + lane, dst, at + d);
    if (qh != NO_FIELD) {
      LittleEndian.putInt(dst, at + qh, bits(fifthBits(group) + lane));
    }
  }

  private int slot(int group) {
    return origin + SLOTS + group * SymmetricSlot.SIZE;
  }

  private int fifthBits(int group) {
    return origin + FIFTH_BITS + group * Lanes.COUNT;
  }
}
