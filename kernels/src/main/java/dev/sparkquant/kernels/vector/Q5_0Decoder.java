package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_0Block;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q5_0Block}. */
final class Q5_0Decoder implements RowDecoder {
  private static final int HALF = Q5_0Block.LENGTH / 2;
  private static final int ZERO = 16;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q5_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_0Block.D));
      int qh = LittleEndian.getInt(src, at + Q5_0Block.QH);
      for (int i = 0; i < HALF; i += Lanes.COUNT) {
        IntVector qs = Bytes.load(src, at + Q5_0Block.QS + i);
        Runs.scale(FifthBits.add(qs.and(0xF), qh, i).sub(ZERO), d, dst, to + i);
        IntVector high = qs.lanewise(VectorOperators.LSHR, 4).and(0xF);
        Runs.scale(FifthBits.add(high, qh, HALF + i).sub(ZERO), d, dst, to + HALF + i);
      }
      at += Q5_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
