package dev.sparkquant.kernels.vector;

/**
 * What Q2_K, Q4_K and Q5_K encode alike: all but the packing. Elements are {@code d * scaleLevel *
 * level - dmin * minLevel}.
 *
 * <p>Source: {@code quantize_row_q4_K_ref}, {@code quantize_row_q4_K_impl} and the same of q2_K and
 * q5_K in ggml.
 */
abstract class AffineTileEncoder extends TileEncoder {
  /** d, dmin, and the variance in weights with importance. */
  private static final int BLOCK_VECTORS = 3;

  private final int subBlocks;
  private final int subLength;
  private final int halves;
  private final int d;
  private final int dmin;
  private final int variance;
  private final int slots;

  private final AffineSearch plainSearch;
  private final AffineSearch weightedSearch;
  private final PositiveScaleSearch scaleSearch;

  private final Stage meanSquare;
  private final Stage plainWeights;
  private final Stage weightsFromImportance;
  private final Stage roundToLargest;
  private final Stage halve;
  private final Stage settle;
  private final Stage round;

  /**
   * @param blockBytes bytes of a block
   * @param halvesAt byte of a block where d and dmin are
   * @param subLength elements of a sub-block
   * @param maxLevel the largest level of an element
   * @param maxScaleLevel the largest level of a scale or min
   * @param varianceFactor what weights with importance multiply the mean square of a block with
   * @param plainSteps the steps of the search without importance
   * @param plainWeights makes the weights without importance, given a record and a length
   */
  AffineTileEncoder(
      int blockBytes,
      int halvesAt,
      int subLength,
      int maxLevel,
      int maxScaleLevel,
      int varianceFactor,
      AffineSearch.Steps plainSteps,
      Stage plainWeights) {
    super(
        blockBytes,
        LENGTH / subLength * AffineSlot.SIZE
            + BLOCK_VECTORS * Lanes.COUNT
            + PositiveScaleSearch.SIZE);
    this.subBlocks = LENGTH / subLength;
    this.subLength = subLength;
    halves = word(halvesAt);
    d = free;
    dmin = d + Lanes.COUNT;
    variance = dmin + Lanes.COUNT;
    slots = variance + Lanes.COUNT;
    int end = slots + subBlocks * AffineSlot.SIZE;
    plainSearch = new AffineSearch(subLength, maxLevel, plainSteps);
    weightedSearch = new AffineSearch(subLength, maxLevel, AffineSearch.Steps.WEIGHTED);
    scaleSearch = new PositiveScaleSearch(maxScaleLevel, slots, end, end, reach);
    this.plainWeights = plainWeights;
    meanSquare = (m, record, to, x, y) -> Weights.meanSquare(m, record, LENGTH, varianceFactor, to);
    weightsFromImportance =
        (m, record, length, x, y) -> Weights.fromImportance(m, record, length, variance);
    roundToLargest =
        (m, number, level, part, y) ->
            ScaleLevels.roundToLargest(m, slots, end, number, level, maxScaleLevel, part, reach);
    halve = (m, low, high, word, y) -> ScaleLevels.halvePair(m, low, high, word);
    settle = (m, slot, b, x, y) -> Levels.settle(m, slot, d, dmin, reach);
    round =
        (m, record, slot, x, y) ->
            Levels.roundAffine(m, record, subLength * Records.SIZE, slot, maxLevel);
  }

  /** Packs the levels of scales and mins into words. */
  abstract void packScales();

  /** Packs the levels of the elements into words. */
  abstract void packLevels();

  /** The record of the first element of sub-block {@code j}. */
  final int record(int j) {
    return records + j * subLength * Records.SIZE;
  }

  /** The slot of sub-block {@code j}. */
  final int slot(int j) {
    return slots + j * AffineSlot.SIZE;
  }

  @Override
  final void encode(boolean weighted) {
    if (weighted) {
      searchWeighted();
    } else {
      searchPlain();
    }
    packScales();
    Stage.run(halve, memory, d, dmin, halves, 0);
    for (int j = 0; j < subBlocks; j++) {
      Stage.run(settle, memory, slot(j), 0);
      Stage.run(round, memory, record(j), slot(j));
    }
    packLevels();
  }

  private void searchPlain() {
    for (int j = 0; j < subBlocks; j++) {
      Stage.run(plainWeights, memory, record(j), subLength);
    }
    for (int j = 0; j < subBlocks; j += 4) {
      plainSearch.searchFour(memory, record(j), slot(j));
    }
    Stage.run(roundToLargest, memory, AffineSlot.SCALE, AffineSlot.SCALE_LEVEL, d, 0);
    Stage.run(roundToLargest, memory, AffineSlot.MIN, AffineSlot.MIN_LEVEL, dmin, 0);
  }

  private void searchWeighted() {
    Stage.run(meanSquare, memory, record(0), variance);
    for (int j = 0; j < subBlocks; j += 4) {
      Stage.run(weightsFromImportance, memory, record(j), 4 * subLength);
      weightedSearch.searchFour(memory, record(j), slot(j));
    }
    scaleSearch.search(memory, AffineSlot.SCALE, AffineSlot.SCALE_LEVEL, d);
    scaleSearch.search(memory, AffineSlot.MIN, AffineSlot.MIN_LEVEL, dmin);
  }
}
