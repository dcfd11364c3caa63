package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.E8m0;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.MXFP4Block;

/** Decodes {@link MXFP4Block}. */
final class MXFP4Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += MXFP4Block.LENGTH) {
      float d = E8m0.toHalfScale(src[at + MXFP4Block.E]);
      NibbleValues.decodePairs(NibbleValues.E2M1, src, at + MXFP4Block.QS, d, dst, to);
      at += MXFP4Block.BYTES;
    }
    return at - srcOffset;
  }
}
