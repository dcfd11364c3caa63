package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q8_0Block;

/** Decodes {@link Q8_0Block}. */
final class Q8_0Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q8_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q8_0Block.D));
      Runs.bytes(src, at + Q8_0Block.QS, Q8_0Block.LENGTH, d, dst, to);
      at += Q8_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
