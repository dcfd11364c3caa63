package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ4_NLBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ4_NLBlock}. */
final class IQ4_NLDecoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ4_NLBlock.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_NLBlock.D));
      NibbleValues.decodePairs(NibbleValues.IQ4, src, at + IQ4_NLBlock.QS, d, dst, to);
      at += IQ4_NLBlock.BYTES;
    }
    return at - srcOffset;
  }
}
