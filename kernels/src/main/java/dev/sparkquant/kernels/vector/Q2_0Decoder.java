package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_0Block;

/** Decodes {@link Q2_0Block}. */
final class Q2_0Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q2_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_0Block.D));
      for (int i = 0; i < Q2_0Block.LENGTH; i += Lanes.COUNT) {
        int word = LittleEndian.getInt(src, at + Q2_0Block.QS + i / 16 * Integer.BYTES);
        Runs.scale(Bytes.spreadPairs(word, i % 16).and(3).sub(1), d, dst, to + i);
      }
      at += Q2_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
