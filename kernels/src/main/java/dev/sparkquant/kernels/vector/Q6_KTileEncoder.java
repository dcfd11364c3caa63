package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.Q6_KBlock;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Encodes {@link Q6_KBlock}.
 *
 * <p>Source: {@code quantize_row_q6_K_ref} and {@code quantize_row_q6_K_impl} in ggml.
 */
final class Q6_KTileEncoder extends SymmetricTileEncoder {
  private static final int HALF_LEVELS = 32;
  private static final int HALF_SCALE_LEVELS = 128;
  private static final int SCALES_A_WORD = 4;

  private final SymmetricSearch search;

  private final Stage squares =
      (m, record, length, c, d) -> Weights.fromSquaresAndMultiply(m, record, length);
  private final Stage multiply = (m, record, length, c, d) -> Weights.multiply(m, record, length);
  private final Stage roundScales;
  private final Stage packFourScales = (m, slot, word, c, d) -> packFourScales(m, slot, word);
  private final Stage nibbles = (m, low, high, word, d) -> Packing.nibbles(m, low, high, word);
  private final Stage bitPairs = (m, record, word, c, d) -> Packing.bitPairs(m, record, 4, word);
  private final Stage clearZeros;

  Q6_KTileEncoder() {
    super(Q6_KBlock.BYTES, HALF_LEVELS, SymmetricSearch.SIZE);
    search = new SymmetricSearch(SUB_LENGTH, HALF_LEVELS, freeAfterSlots());
    roundScales =
        (m, slots, end, x, y) ->
            ScaleLevels.roundToExtreme(
                m, slots, end, HALF_SCALE_LEVELS, SymmetricSlot.ZERO, exactD, reach);
    clearZeros = (m, from, to, x, y) -> clearZeros(m, exactD, from, to);
  }

  @Override
  void encode(boolean weighted) {
    Stage.run(weighted ? multiply : squares, memory, record(0), LENGTH);
    for (int j = 0; j < SUB_BLOCKS; j++) {
      search.search(memory, record(j), slot(j));
    }
    Stage.run(roundScales, memory, slot(0), slot(SUB_BLOCKS));
    halve(word(Q6_KBlock.D));
    roundToStoredScales(false);
    pack();
  }

  private void pack() {
    for (int half = 0; half < 2; half++) {
      for (int i = 0; i < 2; i++) {
        int low = record(8 * half + 2 * i);
        int high = record(8 * half + 2 * i + 4);
        Stage.run(nibbles, memory, low, high, word(Q6_KBlock.QL + 64 * half + 32 * i), 0);
      }
      Stage.run(bitPairs, memory, record(8 * half), word(Q6_KBlock.QH + 32 * half));
    }
    for (int j = 0; j < SUB_BLOCKS; j += SCALES_A_WORD) {
      Stage.run(packFourScales, memory, slot(j), word(Q6_KBlock.SCALES + j));
    }
    Stage.run(clearZeros, memory, word(0), word(Q6_KBlock.D));
  }

  private static void packFourScales(float[] memory, int slots, int word) {
    IntVector packed = IntVector.zero(Lanes.INTS);
    for (int i = 0; i < SCALES_A_WORD; i++) {
      FloatVector level = load(memory, slots + i * SymmetricSlot.SIZE + SymmetricSlot.SCALE_LEVEL);
      IntVector signedByte = Rounding.round(level).and(0xFF);
      packed = typed(packed).or(signedByte.lanewise(VectorOperators.LSHL, 8 * i));
    }
    storeBits(packed, memory, word);
  }

  /** Blocks whose scales all count as zero are zero bytes altogether. */
  private static void clearZeros(float[] memory, int d, int from, int to) {
    VectorMask<Float> zero = load(memory, d).compare(VectorOperators.EQ, 0f);
    if (zero.anyTrue()) {
      for (int word = from; word < to; word += Lanes.COUNT) {
        store(load(memory, word).blend(0f, zero), memory, word);
      }
    }
  }
}
