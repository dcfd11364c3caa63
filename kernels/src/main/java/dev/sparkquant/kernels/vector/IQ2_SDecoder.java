package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ2_SBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ2_SBlock}. */
final class IQ2_SDecoder implements RowDecoder {
  private static final long[] POINTS = GridBytes.points(IqGrids.IQ2_S, 1, 0);

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ2_SBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ2_SBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ2_SBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int group = 0; group < IQ2_SBlock.LENGTH / 8; group++) {
      int low = src[at + IQ2_SBlock.QS + group] & 0xFF;
      int high = src[at + IQ2_SBlock.QH + group / 4] >> (group % 4 * 2) & 3;
      long point = POINTS[low | high << 8];
      long signed = GridBytes.negate(point, src[at + IQ2_SBlock.SIGNS + group]);
      LittleEndian.putLong(levels, 8 * group, signed);
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_SBlock.D));
    for (int half = 0; half < IQ2_SBlock.LENGTH / 16; half++) {
      int scaleBits = src[at + IQ2_SBlock.SCALES + half / 2] >> (half % 2 * 4) & 0xF;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      Runs.bytes(levels, 16 * half, 16, scale, dst, to + 16 * half);
    }
  }
}
