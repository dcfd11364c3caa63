package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q4_KBlock;

/** Encodes {@link Q4_KBlock}. */
final class Q4_KEncoder extends SixBitScaleEncoder {

  Q4_KEncoder() {
    super(15, new AffineSearch.Steps(-1f, 0.1f, 21, false), 0xFF);
  }

  @Override
  void packLevels(int[] levels, byte[] block, int blockAt) {
    for (int pair = 0; pair < Q4_KBlock.SUB_BLOCKS / 2; pair++) {
      int even = 2 * pair * Q4_KBlock.SUB_LENGTH;
      int odd = even + Q4_KBlock.SUB_LENGTH;
      int qs = blockAt + Q4_KBlock.QS + pair * Q4_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q4_KBlock.SUB_LENGTH; i++) {
        block[qs + i] = (byte) (levels[even + i] | levels[odd + i] << 4);
      }
    }
  }
}
