package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_KBlock;
import dev.sparkquant.kernels.scalar.TwoBitOrder;

/** Decodes {@link Q2_KBlock}. */
final class Q2_KDecoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q2_KBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += Q2_KBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_KBlock.DMIN));
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      int packed = src[at + Q2_KBlock.SCALES + j] & 0xFF;
      float scale = d * (packed & 0xF);
      float min = dmin * (packed >> 4);
      int qs = at + Q2_KBlock.QS + TwoBitOrder.firstByte(j);
      int length = Q2_KBlock.SUB_LENGTH;
      int from = to + j * length;
      Runs.fieldsAbove(src, qs, length, TwoBitOrder.shift(j), 3, scale, -min, dst, from);
    }
  }
}
