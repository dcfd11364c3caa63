package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.UnsignedE4m3;
import dev.sparkquant.kernels.block.NVFP4Block;

/** Decodes {@link NVFP4Block}. */
final class NVFP4Decoder implements RowDecoder {
  private static final int LENGTH = NVFP4Block.SUB_LENGTH;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] numbers = new byte[NVFP4Block.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += NVFP4Block.LENGTH) {
      for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
        int qs = at + NVFP4Block.QS + j * LENGTH / 2;
        NibbleValues.unpack(src, qs, LENGTH / 2, numbers, j * LENGTH);
      }
      for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
        int first = j * LENGTH;
        float d = UnsignedE4m3.toHalfScale(src[at + NVFP4Block.D + j]);
        NibbleValues.scale(NibbleValues.E2M1, numbers, first, LENGTH, d, dst, to + first);
      }
      at += NVFP4Block.BYTES;
    }
    return at - srcOffset;
  }
}
