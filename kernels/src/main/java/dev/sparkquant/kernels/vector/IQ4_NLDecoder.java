package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ4_NLBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ4_NLBlock}. */
final class IQ4_NLDecoder implements RowDecoder {
  private static final int LENGTH = IQ4_NLBlock.LENGTH;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] numbers = new byte[LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_NLBlock.D));
      NibbleValues.unpack(src, at + IQ4_NLBlock.QS, LENGTH / 2, numbers, 0);
      NibbleValues.scale(NibbleValues.IQ4, numbers, 0, LENGTH, d, dst, to);
      at += IQ4_NLBlock.BYTES;
    }
    return at - srcOffset;
  }
}
