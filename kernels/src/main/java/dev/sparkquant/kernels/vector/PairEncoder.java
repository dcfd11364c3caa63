package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Encodes a pair of groups of blocks with 32 elements: each group as many blocks as vectors have
 * lanes, one a lane.
 *
 * <p>Holds the scratch memory of one thread: all vectors are in one array, for one index to reach
 * what belongs together.
 */
abstract class PairEncoder {
  /** Elements of a block. */
  static final int LENGTH = 32;

  static final int GROUPS = 2;

  /** Blocks of a pair. */
  static final int BLOCKS = GROUPS * Lanes.COUNT;

  static final int RECORDS_SIZE = LENGTH * Records.SIZE;

  /** Where vectors are, counted from {@link #origin}. */
  private static final int VARIANCES = GROUPS * RECORDS_SIZE;

  private static final int NIBBLES = VARIANCES + GROUPS * Lanes.COUNT;
  private static final int NIBBLES_SIZE = HalvesPacking.NIBBLE_WORDS * Lanes.COUNT;

  /** Where the vectors of subclasses start, counted from {@link #origin}. */
  static final int FREE = NIBBLES + GROUPS * NIBBLES_SIZE;

  /** All vectors of the pair. */
  final float[] memory;

  /** Where the first of them is. */
  final int origin;

  /** Where blocks come from, and the columns of their importance: an array a group. */
  private final int[][] from = new int[GROUPS][Lanes.COUNT];

  private final int[][] importanceFrom = new int[GROUPS][Lanes.COUNT];
  private final int qs;
  private final Transposition transposition = new Transposition(LENGTH);
  private final Stage nibbles = (m, records, word, c, d) -> HalvesPacking.nibbles(m, records, word);
  private final Stage weigh =
      (m, records, variance, c, d) -> Weights.fromImportance(m, records, LENGTH, variance);

  /**
   * @param floats memory that the subclass needs
   * @param qs where the nibbles of a block start
   */
  PairEncoder(int floats, int qs) {
    this.memory = new float[FREE + floats + Alignment.SLACK];
    this.origin = Alignment.fastest(memory);
    this.qs = qs;
  }

  /**
   * Encodes what the records hold: searches scales, and leaves levels in the records.
   *
   * @param weighted whether there is importance in place of weights
   */
  abstract void encode(boolean weighted);

  /** Whether a block of the pair was encoded as ggml does. */
  abstract boolean isExact(int group, int lane);

  /** Writes all of a block but the nibbles. */
  abstract void writeHead(int group, int lane, byte[] dst, int at);

  /** Says where block {@code i} of the pair is to come from, and the mean square of its row. */
  final void place(int i, int at, int importanceAt, float meanSquare) {
    int group = i / Lanes.COUNT;
    int lane = i % Lanes.COUNT;
    from[group][lane] = at;
    importanceFrom[group][lane] = importanceAt;
    memory[variances(group) + lane] = meanSquare;
  }

  /**
   * Encodes the blocks that were placed.
   *
   * @param importance null for none
   */
  final void encode(float[] src, float[] importance) {
    for (int group = 0; group < GROUPS; group++) {
      transposition.toRecords(src, from[group], memory, records(group) + Records.X);
      if (importance != null) {
        transposition.toRecords(
            importance, importanceFrom[group], memory, records(group) + Records.WEIGHT);
      }
    }
    encode(importance != null);
    for (int group = 0; group < GROUPS; group++) {
      Stage.run(nibbles, memory, records(group), nibbles(group));
    }
  }

  /** Whether block {@code i} of the pair was encoded as ggml does. */
  final boolean isExact(int i) {
    return isExact(i / Lanes.COUNT, i % Lanes.COUNT);
  }

  /** Writes block {@code i} of the pair. */
  final void write(int i, byte[] dst, int at) {
    int group = i / Lanes.COUNT;
    int lane = i % Lanes.COUNT;
    writeHead(group, lane, dst, at);
    int words = nibbles(group) + lane;
    for (int word = 0; word < HalvesPacking.NIBBLE_WORDS; word++) {
      LittleEndian.putInt(dst, at + qs + 4 * word, bits(words + word * Lanes.COUNT));
    }
  }

  /** The record of the first element of a group. */
  final int records(int group) {
    return origin + group * RECORDS_SIZE;
  }

  /** The variances that go with the importance of a group. */
  final int variances(int group) {
    return origin + VARIANCES + group * Lanes.COUNT;
  }

  private int nibbles(int group) {
    return origin + NIBBLES + group * NIBBLES_SIZE;
  }

  /** Makes weights of the importance of a group. */
  final void weigh(int group) {
    Stage.run(weigh, memory, records(group), variances(group));
  }

  final int bits(int at) {
    return Float.floatToRawIntBits(memory[at]);
  }

  final void putHalf(int at, byte[] dst, int to) {
    LittleEndian.putShort(dst, to, HalfFloat.fromFloat(memory[at]));
  }
}
