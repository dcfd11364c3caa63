package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ1_MBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ1_MBlock}. */
final class IQ1_MDecoder implements RowDecoder {
  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ1_MBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ1_MBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ1_MBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int group = 0; group < IQ1_MBlock.LENGTH / 8; group++) {
      int low = src[at + IQ1_MBlock.QS + group] & 0xFF;
      int high = src[at + IQ1_MBlock.QH + group / 2] >> (4 * (group % 2));
      long point = ShiftedGrid.point(low | (high & 7) << 8, (high & 8) != 0);
      LittleEndian.putLong(levels, 8 * group, point);
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    long scales = LittleEndian.getLong(src, at + IQ1_MBlock.SCALES);
    float d = HalfFloat.toFloat(blockScale(scales));
    for (int half = 0; half < IQ1_MBlock.LENGTH / 16; half++) {
      int scaleBits = (int) (scales >> (half / 4 * 16 + half % 4 * 3)) & 7;
      float scale = d * (2 * scaleBits + 1) * ShiftedGrid.EIGHTH;
      int first = 16 * half;
      Runs.fields(levels, first, 16, 0, ShiftedGrid.MASK, ShiftedGrid.ZERO, scale, dst, to + first);
    }
  }

  /** The block's scale, from the top four bits of each of four 16-bit numbers. */
  private static short blockScale(long scales) {
    long first = scales >> 12 & 0xF;
    long second = scales >> 24 & 0xF0;
    long third = scales >> 36 & 0xF00;
    long fourth = scales >> 48 & 0xF000;
    return (short) (first | second | third | fourth);
  }
}
