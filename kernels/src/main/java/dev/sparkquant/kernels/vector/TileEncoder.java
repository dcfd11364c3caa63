package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Encodes a tile: as many blocks of 256 elements as vectors have lanes, one a lane.
 *
 * <p>Holds the scratch memory of one thread: all vectors are in one array, for one index to reach
 * what belongs together.
 */
abstract class TileEncoder {
  /** Elements of a block. */
  static final int LENGTH = 256;

  /** All vectors of the tile. */
  final float[] memory;

  /** Where the {@link Records} of the elements start. */
  final int records;

  /** The bits of the largest magnitude that was rounded in each lane. */
  final int reach;

  /** Where the vectors of subclasses start. */
  final int free;

  private final int words;
  private final int blockBytes;

  private final Transposition transposition = new Transposition(LENGTH);
  private final Stage clear = (m, at, b, c, d) -> store(Lanes.zero(), m, at);

  /**
   * @param blockBytes bytes of a block
   * @param floats memory that the subclass needs
   */
  TileEncoder(int blockBytes, int floats) {
    this.blockBytes = blockBytes;
    int wordFloats = (blockBytes + 3) / 4 * Lanes.COUNT;
    int size = LENGTH * Records.SIZE + wordFloats + Lanes.COUNT + floats;
    this.memory = new float[size + Alignment.SLACK];
    this.records = Alignment.fastest(memory);
    this.words = records + LENGTH * Records.SIZE;
    this.reach = words + wordFloats;
    this.free = reach + Lanes.COUNT;
  }

  /** Encodes the elements in the records into {@link #word words}. */
  abstract void encode(boolean weighted);

  /**
   * Encodes a tile into words.
   *
   * @param from where in {@code src} the block of each lane starts
   * @param importance null for none
   * @param importanceFrom where in {@code importance} the columns of each lane's block start
   */
  final void encode(float[] src, int[] from, float[] importance, int[] importanceFrom) {
    Stage.run(clear, memory, reach, 0);
    transposition.toRecords(src, from, memory, records + Records.X);
    if (importance != null) {
      readImportance(importance, importanceFrom);
    }
    encode(importance != null);
  }

  private void readImportance(float[] importance, int[] from) {
    for (int lane = 1; lane < Lanes.COUNT; lane++) {
      if (from[lane] != from[0]) {
        transposition.toRecords(importance, from, memory, records + Records.WEIGHT);
        return;
      }
    }
    Records.broadcast(importance, from[0], LENGTH, memory, records + Records.WEIGHT);
  }

  /**
   * Where the word that starts at that byte of the block is: a vector with the raw bits of the four
   * bytes, little-endian, of each lane's block.
   */
  final int word(int blockByte) {
    return words + blockByte / 4 * Lanes.COUNT;
  }

  /** Whether a lane of the tile that was encoded stayed within the range that vectors round. */
  final boolean isExact(int lane) {
    return Float.floatToRawIntBits(memory[reach + lane]) <= Rounding.LIMIT;
  }

  /** Writes the block of a lane of the tile that was encoded. */
  final void write(int lane, byte[] dst, int at) {
    int from = words + lane;
    int whole = blockBytes / 4;
    for (int word = 0; word < whole; word++) {
      int bits = Float.floatToRawIntBits(memory[from + word * Lanes.COUNT]);
      LittleEndian.putInt(dst, at + 4 * word, bits);
    }
    if (blockBytes % 4 != 0) {
      int bits = Float.floatToRawIntBits(memory[from + whole * Lanes.COUNT]);
      LittleEndian.putShort(dst, at + 4 * whole, (short) bits);
    }
  }
}
