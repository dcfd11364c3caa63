package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ3_SBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ3_SBlock}. */
final class IQ3_SDecoder implements RowDecoder {
  private static final long[] POINTS = GridBytes.points(IqGrids.IQ3_S, 1, 0);

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ3_SBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ3_SBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ3_SBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int pair = 0; pair < IQ3_SBlock.LENGTH / 8; pair++) {
      int qs = at + IQ3_SBlock.QS + 2 * pair;
      int ninthBits = src[at + IQ3_SBlock.QH + pair / 4] >> (pair % 4 * 2);
      long first = POINTS[(src[qs] & 0xFF) | (ninthBits & 1) << 8];
      long second = POINTS[(src[qs + 1] & 0xFF) | (ninthBits & 2) << 7];
      long signed = GridBytes.negate(first | second << 32, src[at + IQ3_SBlock.SIGNS + pair]);
      LittleEndian.putLong(levels, 8 * pair, signed);
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ3_SBlock.D));
    for (int j = 0; j < IQ3_SBlock.SUB_BLOCKS; j++) {
      int scaleBits = src[at + IQ3_SBlock.SCALES + j / 2] >> (4 * (j % 2)) & 0xF;
      float scale = d * (1 + 2 * scaleBits);
      int length = IQ3_SBlock.SUB_LENGTH;
      Runs.bytes(levels, j * length, length, scale, dst, to + j * length);
    }
  }
}
