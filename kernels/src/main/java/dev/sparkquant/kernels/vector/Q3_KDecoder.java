package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q3_KBlock;
import dev.sparkquant.kernels.scalar.Q3_KScales;
import dev.sparkquant.kernels.scalar.TwoBitOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q3_KBlock}. */
final class Q3_KDecoder implements RowDecoder {
  private static final int ZERO = 4;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q3_KBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += Q3_KBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q3_KBlock.D));
    for (int j = 0; j < Q3_KBlock.SUB_BLOCKS; j++) {
      float scale = d * Q3_KScales.get(src, at + Q3_KBlock.SCALES, j);
      int qs = at + Q3_KBlock.QS + TwoBitOrder.firstByte(j);
      int hmask = at + Q3_KBlock.HMASK + j % 2 * Q3_KBlock.SUB_LENGTH;
      int first = to + j * Q3_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q3_KBlock.SUB_LENGTH; i += Lanes.COUNT) {
        IntVector low = Runs.field(src, qs + i, TwoBitOrder.shift(j), 3);
        IntVector high = Runs.field(src, hmask + i, j / 2, 1).lanewise(VectorOperators.LSHL, 2);
        Runs.scale(low.or(high).sub(ZERO), scale, dst, first + i);
      }
    }
  }
}
