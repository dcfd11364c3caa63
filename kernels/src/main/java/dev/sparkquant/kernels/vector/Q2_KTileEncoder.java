package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.Q2_KBlock;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Encodes {@link Q2_KBlock}. */
final class Q2_KTileEncoder extends AffineTileEncoder {
  private static final int SCALES_A_WORD = 4;

  private final Stage packFourScales = (m, slot, word, c, d) -> packFourScales(m, slot, word);
  private final Stage bitPairs = (m, record, word, c, d) -> Packing.bitPairs(m, record, 0, word);

  Q2_KTileEncoder() {
    super(
        Q2_KBlock.BYTES,
        Q2_KBlock.D,
        Q2_KBlock.SUB_LENGTH,
        3,
        15,
        1,
        new AffineSearch.Steps(-0.5f, 0.1f, 16, true),
        (m, record, length, c, d) -> Weights.fromMagnitudes(m, record, length));
  }

  @Override
  void packScales() {
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j += SCALES_A_WORD) {
      Stage.run(packFourScales, memory, slot(j), word(Q2_KBlock.SCALES + j));
    }
  }

  @Override
  void packLevels() {
    Stage.run(bitPairs, memory, record(0), word(Q2_KBlock.QS));
    Stage.run(bitPairs, memory, record(8), word(Q2_KBlock.QS + 32));
  }

  private static void packFourScales(float[] memory, int slots, int word) {
    IntVector packed = IntVector.zero(Lanes.INTS);
    for (int i = 0; i < SCALES_A_WORD; i++) {
      int slot = slots + i * AffineSlot.SIZE;
      IntVector scale = Rounding.round(load(memory, slot + AffineSlot.SCALE_LEVEL)).and(0xF);
      IntVector min = Rounding.round(load(memory, slot + AffineSlot.MIN_LEVEL)).and(0xF);
      IntVector both = scale.or(min.lanewise(VectorOperators.LSHL, 4));
      packed = typed(packed).or(both.lanewise(VectorOperators.LSHL, 8 * i));
    }
    storeBits(packed, memory, word);
  }
}
