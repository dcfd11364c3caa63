package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ1_SBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ1_SBlock}. */
final class IQ1_SDecoder implements RowDecoder {
  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ1_SBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ1_SBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ1_SBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int j = 0; j < IQ1_SBlock.SUB_BLOCKS; j++) {
      int qh = LittleEndian.getShort(src, at + IQ1_SBlock.QH + 2 * j);
      for (int group = 0; group < 4; group++) {
        int low = src[at + IQ1_SBlock.QS + 4 * j + group] & 0xFF;
        int high = qh >> (3 * group) & 7;
        long point = ShiftedGrid.point(low | high << 8, qh < 0);
        LittleEndian.putLong(levels, j * IQ1_SBlock.SUB_LENGTH + 8 * group, point);
      }
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ1_SBlock.D));
    for (int j = 0; j < IQ1_SBlock.SUB_BLOCKS; j++) {
      int scaleBits = LittleEndian.getShort(src, at + IQ1_SBlock.QH + 2 * j) >> 12 & 7;
      float scale = d * (2 * scaleBits + 1) * ShiftedGrid.EIGHTH;
      int length = IQ1_SBlock.SUB_LENGTH;
      int first = j * length;
      Runs.fields(
          levels, first, length, 0, ShiftedGrid.MASK, ShiftedGrid.ZERO, scale, dst, to + first);
    }
  }
}
