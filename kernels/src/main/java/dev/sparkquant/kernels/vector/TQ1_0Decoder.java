package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ1_0Block;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link TQ1_0Block}. */
final class TQ1_0Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += TQ1_0Block.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += TQ1_0Block.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + TQ1_0Block.D));
    decodeDigits(src, at + TQ1_0Block.QS, 32, d, dst, to);
    decodeDigits(src, at + TQ1_0Block.QS + 32, 16, d, dst, to + 5 * 32);
    decodeLast(src, at + TQ1_0Block.QH, d, dst, to + 5 * 32 + 5 * 16);
  }

  /** Takes five digits from each byte: digit n of byte i is element {@code n * bytes + i}. */
  private static void decodeDigits(byte[] src, int at, int bytes, float d, float[] dst, int to) {
    for (int i = 0; i < bytes; i += Lanes.COUNT) {
      IntVector fraction = Bytes.load(src, at + i).and(0xFF);
      for (int digit = 0; digit < 5; digit++) {
        IntVector tripled = fraction.add(fraction).add(fraction);
        IntVector level = tripled.lanewise(VectorOperators.LSHR, 8).sub(1);
        Runs.scale(level, d, dst, to + digit * bytes + i);
        fraction = tripled.and(0xFF);
      }
    }
  }

  /** Takes four digits from each of the last four bytes. */
  private static void decodeLast(byte[] src, int at, float d, float[] dst, int to) {
    for (int i = 0; i < 4; i++) {
      int fraction = src[at + i] & 0xFF;
      for (int digit = 0; digit < 4; digit++) {
        int tripled = 3 * fraction;
        dst[to + 4 * digit + i] = ((tripled >> 8) - 1) * d;
        fraction = tripled & 0xFF;
      }
    }
  }
}
