package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.storeBits;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q1_0Block;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q1_0Block}. */
final class Q1_0Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q1_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q1_0Block.D));
      int minus = Float.floatToRawIntBits(-d);
      for (int i = 0; i < Q1_0Block.LENGTH; i += Lanes.COUNT) {
        int word = LittleEndian.getInt(src, at + Q1_0Block.QS + i / Integer.SIZE * Integer.BYTES);
        IntVector signs =
            Bytes.spreadBits(word, i % Integer.SIZE).lanewise(VectorOperators.LSHL, 31);
        storeBits(signs.lanewise(VectorOperators.XOR, minus), dst, to + i);
      }
      at += Q1_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
