package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_KBlock;
import dev.sparkquant.kernels.scalar.SixBitScales;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes {@link Q4_KBlock}. */
final class Q4_KDecoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += Q4_KBlock.LENGTH) {
      decodeBlock(src, at, dst, to);
      at += Q4_KBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void decodeBlock(byte[] src, int at, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_KBlock.DMIN));
    int scales = at + Q4_KBlock.SCALES;
    for (int j = 0; j < Q4_KBlock.SUB_BLOCKS; j += 2) {
      float scale = d * SixBitScales.scale(src, scales, j);
      float min = dmin * SixBitScales.min(src, scales, j);
      float nextScale = d * SixBitScales.scale(src, scales, j + 1);
      float nextMin = dmin * SixBitScales.min(src, scales, j + 1);
      int qs = at + Q4_KBlock.QS + j / 2 * Q4_KBlock.SUB_LENGTH;
      int first = to + j * Q4_KBlock.SUB_LENGTH;
      int next = first + Q4_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q4_KBlock.SUB_LENGTH; i += Lanes.COUNT) {
        IntVector pair = Bytes.load(src, qs + i);
        IntVector high = pair.lanewise(VectorOperators.LSHR, 4).and(0xF);
        Runs.scaleAndAdd(pair.and(0xF), scale, -min, dst, first + i);
        Runs.scaleAndAdd(high, nextScale, -nextMin, dst, next + i);
      }
    }
  }
}
