package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q3_KBlock;

/**
 * Decodes {@link Q3_KBlock}.
 *
 * <p>Source: {@code dequantize_row_q3_K} in ggml.
 */
final class Q3_KDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q3_KBlock.D));
    for (int j = 0; j < Q3_KBlock.SUB_BLOCKS; j++) {
      float scale = d * Q3_KScales.get(src, at + Q3_KBlock.SCALES, j);
      int qs = at + Q3_KBlock.QS + TwoBitOrder.firstByte(j);
      int shift = TwoBitOrder.shift(j);
      int hmask = at + Q3_KBlock.HMASK + j % 2 * Q3_KBlock.SUB_LENGTH;
      int to = dstAt + j * Q3_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q3_KBlock.SUB_LENGTH; i++) {
        int low = src[qs + i] >> shift & 3;
        int high = src[hmask + i] >> (j / 2) & 1;
        dst[to + i] = scale * (low + 4 * high - 4);
      }
    }
  }
}
