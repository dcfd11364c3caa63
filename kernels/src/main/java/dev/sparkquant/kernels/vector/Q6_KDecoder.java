package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q6_KBlock;
import dev.sparkquant.kernels.scalar.Q6_KOrder;
import dev.sparkquant.kernels.scalar.TwoBitOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q6_KBlock}. */
final class Q6_KDecoder implements RowDecoder {
  private static final int ZERO = 32;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q6_KBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += Q6_KBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q6_KBlock.D));
    for (int j = 0; j < Q6_KBlock.SUB_BLOCKS; j++) {
      float scale = d * src[at + Q6_KBlock.SCALES + j];
      int ql = at + Q6_KBlock.QL + Q6_KOrder.firstByte(j);
      int qh = at + Q6_KBlock.QH + TwoBitOrder.firstByte(j);
      int first = to + j * Q6_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q6_KBlock.SUB_LENGTH; i += Lanes.COUNT) {
        IntVector low = Runs.field(src, ql + i, Q6_KOrder.shift(j), 0xF);
        IntVector high = Runs.field(src, qh + i, TwoBitOrder.shift(j), 3);
        IntVector level = low.or(high.lanewise(VectorOperators.LSHL, 4));
        Runs.scale(level.sub(ZERO), scale, dst, first + i);
      }
    }
  }
}
