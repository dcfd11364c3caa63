package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_1Block;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q5_1Block}. */
final class Q5_1Decoder implements RowDecoder {
  private static final int HALF = Q5_1Block.LENGTH / 2;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q5_1Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_1Block.D));
      float m = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_1Block.M));
      int qh = LittleEndian.getInt(src, at + Q5_1Block.QH);
      for (int i = 0; i < HALF; i += Lanes.COUNT) {
        IntVector qs = Bytes.load(src, at + Q5_1Block.QS + i);
        Runs.scaleAndAdd(FifthBits.add(qs.and(0xF), qh, i), d, m, dst, to + i);
        IntVector high = qs.lanewise(VectorOperators.LSHR, 4).and(0xF);
        Runs.scaleAndAdd(FifthBits.add(high, qh, HALF + i), d, m, dst, to + HALF + i);
      }
      at += Q5_1Block.BYTES;
    }
    return at - srcOffset;
  }
}
