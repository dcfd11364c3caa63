package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_1Block;

/** Decodes {@link Q4_1Block}. */
final class Q4_1Decoder implements RowDecoder {
  private static final int HALF = Q4_1Block.LENGTH / 2;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q4_1Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_1Block.D));
      float m = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_1Block.M));
      Runs.fieldsAbove(src, at + Q4_1Block.QS, HALF, 0, 0xF, d, m, dst, to);
      Runs.fieldsAbove(src, at + Q4_1Block.QS, HALF, 4, 0xF, d, m, dst, to + HALF);
      at += Q4_1Block.BYTES;
    }
    return at - srcOffset;
  }
}
