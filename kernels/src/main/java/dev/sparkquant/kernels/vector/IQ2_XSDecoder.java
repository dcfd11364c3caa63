package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ2_XSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ2_XSBlock}. */
final class IQ2_XSDecoder implements RowDecoder {
  private static final long[] POINTS = GridBytes.points(IqGrids.IQ2_XS, 1, 0);

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ2_XSBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ2_XSBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ2_XSBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int group = 0; group < IQ2_XSBlock.LENGTH / 8; group++) {
      int q = LittleEndian.getShort(src, at + IQ2_XSBlock.QS + 2 * group);
      long signed = GridBytes.negate(POINTS[q & 511], GridBytes.evenSigns(q >> 9));
      LittleEndian.putLong(levels, 8 * group, signed);
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_XSBlock.D));
    for (int half = 0; half < IQ2_XSBlock.LENGTH / 16; half++) {
      int scaleBits = src[at + IQ2_XSBlock.SCALES + half / 2] >> (half % 2 * 4) & 0xF;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      Runs.bytes(levels, 16 * half, 16, scale, dst, to + 16 * half);
    }
  }
}
