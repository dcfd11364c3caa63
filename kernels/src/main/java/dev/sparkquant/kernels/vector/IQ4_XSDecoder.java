package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ4_XSBlock}. */
final class IQ4_XSDecoder implements RowDecoder {
  private static final int SUB_LENGTH = IQ4_XSBlock.SUB_LENGTH;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] numbers = new byte[IQ4_XSBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ4_XSBlock.LENGTH) {
      unpack(src, at + IQ4_XSBlock.QS, numbers);
      scale(src, at, numbers, dst, to);
      at += IQ4_XSBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int qs, byte[] numbers) {
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      NibbleValues.unpack(src, qs + j * SUB_LENGTH / 2, SUB_LENGTH / 2, numbers, j * SUB_LENGTH);
    }
  }

  private static void scale(byte[] src, int at, byte[] numbers, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_XSBlock.D));
    int scalesHigh = LittleEndian.getShort(src, at + IQ4_XSBlock.SCALES_H);
    int scalesLow = LittleEndian.getInt(src, at + IQ4_XSBlock.SCALES_L);
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      int level = (scalesLow >> 4 * j & 0xF) | (scalesHigh >> 2 * j & 3) << 4;
      int first = j * SUB_LENGTH;
      float scale = d * (level - 32);
      NibbleValues.scale(NibbleValues.IQ4, numbers, first, SUB_LENGTH, scale, dst, to + first);
    }
  }
}
