package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_0Block;

/** Decodes {@link Q4_0Block}. */
final class Q4_0Decoder implements RowDecoder {
  private static final int HALF = Q4_0Block.LENGTH / 2;
  private static final int ZERO = 8;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q4_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_0Block.D));
      Runs.fields(src, at + Q4_0Block.QS, HALF, 0, 0xF, ZERO, d, dst, to);
      Runs.fields(src, at + Q4_0Block.QS, HALF, 4, 0xF, ZERO, d, dst, to + HALF);
      at += Q4_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
