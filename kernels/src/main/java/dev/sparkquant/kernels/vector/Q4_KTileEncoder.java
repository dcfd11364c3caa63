package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.Q4_KBlock;

/** Encodes {@link Q4_KBlock}. */
final class Q4_KTileEncoder extends AffineTileEncoder {
  private final Stage packScales = (m, slot, word, c, d) -> SixBitScales.pack(m, slot, word);
  private final Stage nibbles = (m, low, high, word, d) -> Packing.nibbles(m, low, high, word);

  Q4_KTileEncoder() {
    super(
        Q4_KBlock.BYTES,
        Q4_KBlock.D,
        Q4_KBlock.SUB_LENGTH,
        15,
        63,
        2,
        new AffineSearch.Steps(-1f, 0.1f, 21, false),
        (m, record, length, c, d) -> Weights.fromMagnitudesAboveMean(m, record, length));
  }

  @Override
  void packScales() {
    Stage.run(packScales, memory, slot(0), word(Q4_KBlock.SCALES));
  }

  @Override
  void packLevels() {
    for (int j = 0; j < Q4_KBlock.SUB_BLOCKS; j += 2) {
      int word = word(Q4_KBlock.QS + j / 2 * Q4_KBlock.SUB_LENGTH);
      Stage.run(nibbles, memory, record(j), record(j + 1), word, 0);
    }
  }
}
