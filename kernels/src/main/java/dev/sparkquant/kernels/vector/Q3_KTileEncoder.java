package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.Q3_KBlock;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Encodes {@link Q3_KBlock}.
 *
 * <p>With importance, the scales of sub-blocks are themselves searched like a sub-block: they get
 * records after those of the elements.
 *
 * <p>Source: {@code quantize_row_q3_K_ref} and {@code quantize_row_q3_K_impl} in ggml.
 */
final class Q3_KTileEncoder extends SymmetricTileEncoder {
  private static final int HALF_LEVELS = 4;
  private static final int HALF_SCALE_LEVELS = 32;
  private static final int SCALES_A_WORD = 4;

  /** Memory for records and a slot of the scales, the variance, and scratch memory of searches. */
  private static final int FLOATS =
      SUB_BLOCKS * Records.SIZE
          + SymmetricSlot.SIZE
          + Lanes.COUNT
          + Q3_KSearch.SIZE
          + SymmetricSearch.SIZE;

  private final int scaleRecords = freeAfterSlots();
  private final int scaleSlot = scaleRecords + SUB_BLOCKS * Records.SIZE;
  private final int variance = scaleSlot + SymmetricSlot.SIZE;

  private final Q3_KSearch plainSearch;
  private final SymmetricSearch weightedSearch;
  private final SymmetricSearch scaleSearch;

  private final Stage squares = (m, record, length, c, d) -> Weights.fromSquares(m, record, length);
  private final Stage meanSquare;
  private final Stage weightsFromImportance;
  private final Stage multiply = (m, record, length, c, d) -> Weights.multiply(m, record, length);
  private final Stage roundScales;
  private final Stage listScales;
  private final Stage restoreSearched;
  private final Stage readScaleLevels;
  private final Stage packLowBits = (m, slots, word, c, d) -> packLowBits(m, slots, word);
  private final Stage packHighBits = (m, slots, word, c, d) -> packHighBits(m, slots, word);
  private final Stage thirdBits = (m, record, word, c, d) -> Packing.singleBits(m, record, 2, word);
  private final Stage bitPairs = (m, record, word, c, d) -> Packing.bitPairs(m, record, 0, word);

  Q3_KTileEncoder() {
    super(Q3_KBlock.BYTES, HALF_LEVELS, FLOATS);
    int scratch = variance + Lanes.COUNT;
    plainSearch = new Q3_KSearch(SUB_LENGTH, scratch);
    weightedSearch = new SymmetricSearch(SUB_LENGTH, HALF_LEVELS, scratch + Q3_KSearch.SIZE);
    scaleSearch = new SymmetricSearch(SUB_BLOCKS, HALF_SCALE_LEVELS, scratch + Q3_KSearch.SIZE);
    meanSquare = (m, record, to, x, y) -> Weights.meanSquare(m, record, LENGTH, 2, to);
    weightsFromImportance =
        (m, record, length, x, y) -> Weights.fromImportance(m, record, length, variance);
    roundScales =
        (m, slots, end, x, y) ->
            ScaleLevels.roundToExtreme(
                m, slots, end, HALF_SCALE_LEVELS, Float.MIN_VALUE, exactD, reach);
    listScales = (m, slots, records, x, y) -> listScales(m, slots, records, reach);
    restoreSearched =
        (m, records, slot, x, y) ->
            SymmetricLevels.restoreSearched(
                m, records, SUB_BLOCKS * Records.SIZE, slot, HALF_SCALE_LEVELS);
    readScaleLevels =
        (m, records, slots, x, y) -> readScaleLevels(m, records, slots, scaleSlot, exactD);
  }

  @Override
  void encode(boolean weighted) {
    if (weighted) {
      searchWeighted();
    } else {
      searchPlain();
    }
    halve(word(Q3_KBlock.D));
    roundToStoredScales(!weighted);
    Stage.run(packLowBits, memory, slot(0), word(Q3_KBlock.SCALES));
    Stage.run(packLowBits, memory, slot(4), word(Q3_KBlock.SCALES + 4));
    Stage.run(packHighBits, memory, slot(0), word(Q3_KBlock.SCALES + 8));
    Stage.run(thirdBits, memory, record(0), word(Q3_KBlock.HMASK));
    Stage.run(bitPairs, memory, record(0), word(Q3_KBlock.QS));
    Stage.run(bitPairs, memory, record(8), word(Q3_KBlock.QS + 32));
  }

  private void searchPlain() {
    Stage.run(squares, memory, record(0), LENGTH);
    for (int j = 0; j < SUB_BLOCKS; j += 2) {
      plainSearch.search(memory, record(j), record(j + 1), slot(j), slot(j + 1));
    }
    Stage.run(roundScales, memory, slot(0), slot(SUB_BLOCKS));
  }

  private void searchWeighted() {
    Stage.run(meanSquare, memory, record(0), variance);
    Stage.run(weightsFromImportance, memory, record(0), LENGTH);
    Stage.run(multiply, memory, record(0), LENGTH);
    for (int j = 0; j < SUB_BLOCKS; j++) {
      weightedSearch.search(memory, record(j), slot(j));
    }
    Stage.run(listScales, memory, slot(0), scaleRecords);
    Stage.run(multiply, memory, scaleRecords, SUB_BLOCKS);
    scaleSearch.search(memory, scaleRecords, scaleSlot);
    Stage.run(restoreSearched, memory, scaleRecords, scaleSlot);
    Stage.run(readScaleLevels, memory, scaleRecords, slot(0));
  }

  /** Copies the scales of all slots into records, weighted with the sums of their weights. */
  private static void listScales(float[] memory, int slots, int records, int reach) {
    IntVector reached = loadBits(memory, reach);
    for (int j = 0; j < SUB_BLOCKS; j++) {
      int slot = slots + j * SymmetricSlot.SIZE;
      int record = records + j * Records.SIZE;
      FloatVector scale = load(memory, slot + SymmetricSlot.SCALE);
      reached = typed(reached).max(Rounding.infinitePart(scale));
      store(scale, memory, record + Records.X);
      store(load(memory, slot + SymmetricSlot.SUM_W), memory, record + Records.WEIGHT);
    }
    storeBits(reached, memory, reach);
  }

  /** Copies the levels of the scales from their records back into the slots. */
  private static void readScaleLevels(
      float[] memory, int records, int slots, int scaleSlot, int d) {
    for (int j = 0; j < SUB_BLOCKS; j++) {
      FloatVector scaled = load(memory, records + j * Records.SIZE + Records.LEVEL);
      store(
          Rounding.toFloat(
              Rounding.round(scaled)
                  .max(Rounding.ZERO - HALF_SCALE_LEVELS)
                  .min(Rounding.ZERO + HALF_SCALE_LEVELS - 1)),
          memory,
          slots + j * SymmetricSlot.SIZE + SymmetricSlot.SCALE_LEVEL);
    }
    store(load(memory, scaleSlot + SymmetricSlot.SCALE), memory, d);
  }

  /** Packs the low four bits of the scales in four slots, and of those eight slots further. */
  private static void packLowBits(float[] memory, int slots, int word) {
    IntVector packed = IntVector.zero(Lanes.INTS);
    for (int i = 0; i < SCALES_A_WORD; i++) {
      int slot = slots + i * SymmetricSlot.SIZE;
      IntVector low = scaleLevel(memory, slot).and(0xF);
      IntVector high = scaleLevel(memory, slot + 8 * SymmetricSlot.SIZE).and(0xF);
      IntVector both = low.or(high.lanewise(VectorOperators.LSHL, 4));
      packed = typed(packed).or(both.lanewise(VectorOperators.LSHL, 8 * i));
    }
    storeBits(packed, memory, word);
  }

  /** Packs the high two bits of all scales, as {@link Q3_KBlock#SCALES} says. */
  private static void packHighBits(float[] memory, int slots, int word) {
    IntVector packed = IntVector.zero(Lanes.INTS);
    for (int j = 0; j < SUB_BLOCKS; j++) {
      IntVector bits = scaleLevel(memory, slots + j * SymmetricSlot.SIZE);
      bits = bits.lanewise(VectorOperators.LSHR, 4);
      packed = typed(packed).or(bits.lanewise(VectorOperators.LSHL, j % 4 * 8 + j / 4 * 2));
    }
    storeBits(packed, memory, word);
  }

  /** The level of a scale, counted from the lowest. */
  private static IntVector scaleLevel(float[] memory, int slot) {
    FloatVector level = load(memory, slot + SymmetricSlot.SCALE_LEVEL);
    return Rounding.round(level.add(HALF_SCALE_LEVELS)).and(0x3F);
  }
}
