package dev.sparkquant.kernels.vector;

/**
 * What Q3_K and Q6_K encode alike: sixteen sub-blocks of sixteen elements {@code d * scaleLevel *
 * level}, with levels from {@code -half} to {@code half - 1}.
 */
abstract class SymmetricTileEncoder extends TileEncoder {
  static final int SUB_BLOCKS = 16;
  static final int SUB_LENGTH = 16;

  /** Where the scale of the block's scales is. */
  final int exactD;

  /** That scale rounded to a half float, as blocks store it. */
  private final int d;

  private final int slots;
  private final Stage halve;
  private final Stage settle;
  private final Stage round;
  private final Stage roundUnlessZero;
  private final Stage restoreSearched;

  /** Whether any scale of the sub-block that was settled is zero. */
  private boolean anyZero;

  /**
   * @param blockBytes bytes of a block
   * @param half half the number of levels
   * @param floats memory that the subclass needs
   */
  SymmetricTileEncoder(int blockBytes, int half, int floats) {
    super(blockBytes, 2 * Lanes.COUNT + SUB_BLOCKS * SymmetricSlot.SIZE + floats);
    exactD = free;
    d = exactD + Lanes.COUNT;
    slots = d + Lanes.COUNT;
    int size = SUB_LENGTH * Records.SIZE;
    halve = (m, at, to, word, x) -> ScaleLevels.halve(m, at, to, word);
    settle = (m, slot, b, x, y) -> anyZero = SymmetricLevels.settle(m, slot, d, reach);
    round = (m, record, slot, x, y) -> SymmetricLevels.round(m, record, size, slot, half);
    roundUnlessZero =
        (m, record, slot, x, y) -> SymmetricLevels.roundUnlessZero(m, record, size, slot, half);
    restoreSearched =
        (m, record, slot, x, y) -> SymmetricLevels.restoreSearched(m, record, size, slot, half);
  }

  /** The record of the first element of sub-block {@code j}. */
  final int record(int j) {
    return records + j * SUB_LENGTH * Records.SIZE;
  }

  /** The slot of sub-block {@code j}. */
  final int slot(int j) {
    return slots + j * SymmetricSlot.SIZE;
  }

  /** Where the vectors of subclasses start. */
  final int freeAfterSlots() {
    return slot(SUB_BLOCKS);
  }

  /** Rounds the scale of the scales to a half float, and puts it into a word. */
  final void halve(int word) {
    Stage.run(halve, memory, exactD, d, word, 0);
  }

  /**
   * Rounds the elements anew, with the scales that the block holds.
   *
   * @param levelsKept whether the levels that the search found are in the records
   */
  final void roundToStoredScales(boolean levelsKept) {
    for (int j = 0; j < SUB_BLOCKS; j++) {
      Stage.run(settle, memory, slot(j), 0);
      if (!anyZero) {
        Stage.run(round, memory, record(j), slot(j));
      } else {
        if (!levelsKept) {
          Stage.run(restoreSearched, memory, record(j), slot(j));
        }
        Stage.run(roundUnlessZero, memory, record(j), slot(j));
      }
    }
  }
}
