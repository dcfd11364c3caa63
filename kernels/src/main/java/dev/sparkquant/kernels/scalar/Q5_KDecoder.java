package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_KBlock;

/**
 * Decodes {@link Q5_KBlock}.
 *
 * <p>Source: {@code dequantize_row_q5_K} in ggml.
 */
final class Q5_KDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_KBlock.DMIN));
    for (int j = 0; j < Q5_KBlock.SUB_BLOCKS; j++) {
      float scale = d * SixBitScales.scale(src, at + Q5_KBlock.SCALES, j);
      float min = dmin * SixBitScales.min(src, at + Q5_KBlock.SCALES, j);
      int qs = at + Q5_KBlock.QS + j / 2 * Q5_KBlock.SUB_LENGTH;
      int shift = j % 2 * 4;
      int qh = at + Q5_KBlock.QH;
      int to = dstAt + j * Q5_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q5_KBlock.SUB_LENGTH; i++) {
        int low = src[qs + i] >> shift & 0xF;
        int high = src[qh + i] >> j & 1;
        dst[to + i] = scale * (low + 16 * high) - min;
      }
    }
  }
}
