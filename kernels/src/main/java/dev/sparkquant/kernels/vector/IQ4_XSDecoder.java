package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ4_XSBlock}. */
final class IQ4_XSDecoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ4_XSBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += IQ4_XSBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_XSBlock.D));
    int scalesHigh = LittleEndian.getShort(src, at + IQ4_XSBlock.SCALES_H);
    int scalesLow = LittleEndian.getInt(src, at + IQ4_XSBlock.SCALES_L);
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      int level = (scalesLow >> 4 * j & 0xF) | (scalesHigh >> 2 * j & 3) << 4;
      float scale = d * (level - 32);
      int qs = at + IQ4_XSBlock.QS + j * IQ4_XSBlock.SUB_LENGTH / 2;
      int first = to + j * IQ4_XSBlock.SUB_LENGTH;
      NibbleValues.decodePairs(NibbleValues.IQ4, src, qs, scale, dst, first);
    }
  }
}
