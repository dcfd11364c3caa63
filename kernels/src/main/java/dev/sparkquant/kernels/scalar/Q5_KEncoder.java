package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.Q5_KBlock;

/** Encodes {@link Q5_KBlock}. */
final class Q5_KEncoder extends SixBitScaleEncoder {

  Q5_KEncoder() {
    super(31, new AffineSearch.Steps(-0.5f, 0.1f, 16, false), MAX_SCALE_LEVEL);
  }

  @Override
  void packLevels(int[] levels, byte[] block, int blockAt) {
    packLowBits(levels, block, blockAt + Q5_KBlock.QS);
    packFifthBits(levels, block, blockAt + Q5_KBlock.QH);
  }

  private static void packLowBits(int[] levels, byte[] block, int qs) {
    for (int pair = 0; pair < Q5_KBlock.SUB_BLOCKS / 2; pair++) {
      int even = 2 * pair * Q5_KBlock.SUB_LENGTH;
      int odd = even + Q5_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q5_KBlock.SUB_LENGTH; i++) {
        block[qs + pair * Q5_KBlock.SUB_LENGTH + i] =
            (byte) ((levels[even + i] & 0xF) | (levels[odd + i] & 0xF) << 4);
      }
    }
  }

  private static void packFifthBits(int[] levels, byte[] block, int qh) {
    for (int i = 0; i < Q5_KBlock.SUB_LENGTH; i++) {
      int bits = 0;
      for (int j = 0; j < Q5_KBlock.SUB_BLOCKS; j++) {
        bits |= levels[j * Q5_KBlock.SUB_LENGTH + i] >> 4 << j;
      }
      block[qh + i] = (byte) bits;
    }
  }
}
