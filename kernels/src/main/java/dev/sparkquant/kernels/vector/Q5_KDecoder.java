package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_KBlock;
import dev.sparkquant.kernels.scalar.SixBitScales;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q5_KBlock}. */
final class Q5_KDecoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q5_KBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += Q5_KBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_KBlock.DMIN));
    int scales = at + Q5_KBlock.SCALES;
    for (int j = 0; j < Q5_KBlock.SUB_BLOCKS; j++) {
      float scale = d * SixBitScales.scale(src, scales, j);
      float min = dmin * SixBitScales.min(src, scales, j);
      int qs = at + Q5_KBlock.QS + j / 2 * Q5_KBlock.SUB_LENGTH;
      int first = to + j * Q5_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q5_KBlock.SUB_LENGTH; i += Lanes.COUNT) {
        IntVector low = Runs.field(src, qs + i, j % 2 * 4, 0xF);
        IntVector high = Runs.field(src, at + Q5_KBlock.QH + i, j, 1);
        IntVector level = low.or(high.lanewise(VectorOperators.LSHL, 4));
        Runs.scaleAndAdd(level, scale, -min, dst, first + i);
      }
    }
  }
}
