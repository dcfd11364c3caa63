package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.E8m0;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.MXFP4Block;

/** Decodes {@link MXFP4Block}. */
final class MXFP4Decoder implements RowDecoder {
  private static final int LENGTH = MXFP4Block.LENGTH;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] numbers = new byte[LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += LENGTH) {
      float d = E8m0.toHalfScale(src[at + MXFP4Block.E]);
      NibbleValues.unpack(src, at + MXFP4Block.QS, LENGTH / 2, numbers, 0);
      NibbleValues.scale(NibbleValues.E2M1, numbers, 0, LENGTH, d, dst, to);
      at += MXFP4Block.BYTES;
    }
    return at - srcOffset;
  }
}
