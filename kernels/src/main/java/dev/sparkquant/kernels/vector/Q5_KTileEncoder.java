package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.Q5_KBlock;

/** Encodes {@link Q5_KBlock}. */
final class Q5_KTileEncoder extends AffineTileEncoder {
  private final Stage packScales = (m, slot, word, c, d) -> SixBitScales.pack(m, slot, word);
  private final Stage nibbles = (m, low, high, word, d) -> Packing.nibbles(m, low, high, word);
  private final Stage fifthBits = (m, record, word, c, d) -> Packing.singleBits(m, record, 4, word);

  Q5_KTileEncoder() {
    super(
        Q5_KBlock.BYTES,
        Q5_KBlock.D,
        Q5_KBlock.SUB_LENGTH,
        31,
        63,
        2,
        new AffineSearch.Steps(-0.5f, 0.1f, 16, false),
        (m, record, length, c, d) -> Weights.fromMagnitudesAboveMean(m, record, length));
  }

  @Override
  void packScales() {
    Stage.run(packScales, memory, slot(0), word(Q5_KBlock.SCALES));
  }

  @Override
  void packLevels() {
    for (int j = 0; j < Q5_KBlock.SUB_BLOCKS; j += 2) {
      int word = word(Q5_KBlock.QS + j / 2 * Q5_KBlock.SUB_LENGTH);
      Stage.run(nibbles, memory, record(j), record(j + 1), word, 0);
    }
    Stage.run(fifthBits, memory, record(0), word(Q5_KBlock.QH));
  }
}
