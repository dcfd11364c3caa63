package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.UnsignedE4m3;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.NVFP4Block;

/** Decodes {@link NVFP4Block}. */
final class NVFP4Decoder implements RowDecoder {
  private static final int LENGTH = NVFP4Block.SUB_LENGTH;
  private static final long LOW_NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] numbers = new byte[NVFP4Block.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += NVFP4Block.LENGTH) {
      unpack(src, at + NVFP4Block.QS, numbers);
      for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
        float d = UnsignedE4m3.toHalfScale(src[at + NVFP4Block.D + j]);
        NibbleValues.decode(
            NibbleValues.E2M1, numbers, j * LENGTH, LENGTH, d, dst, to + j * LENGTH);
      }
      at += NVFP4Block.BYTES;
    }
    return at - srcOffset;
  }

  /** Puts the numbers of elements, eight of them in the nibbles of eight bytes, into bytes. */
  private static void unpack(byte[] src, int at, byte[] numbers) {
    for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
      long pairs = LittleEndian.getLong(src, at + j * LENGTH / 2);
      LittleEndian.putLong(numbers, j * LENGTH, pairs & LOW_NIBBLES);
      LittleEndian.putLong(numbers, j * LENGTH + LENGTH / 2, pairs >>> 4 & LOW_NIBBLES);
    }
  }
}
