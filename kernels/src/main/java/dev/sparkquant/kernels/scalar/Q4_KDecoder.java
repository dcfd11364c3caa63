package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_KBlock;

/**
 * Decodes {@link Q4_KBlock}.
 *
 * <p>Source: {@code dequantize_row_q4_K} in ggml.
 */
final class Q4_KDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_KBlock.DMIN));
    for (int j = 0; j < Q4_KBlock.SUB_BLOCKS; j++) {
      float scale = d * SixBitScales.scale(src, at + Q4_KBlock.SCALES, j);
      float min = dmin * SixBitScales.min(src, at + Q4_KBlock.SCALES, j);
      int qs = at + Q4_KBlock.QS + j / 2 * Q4_KBlock.SUB_LENGTH;
      int shift = j % 2 * 4;
      int to = dstAt + j * Q4_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q4_KBlock.SUB_LENGTH; i++) {
        dst[to + i] = scale * (src[qs + i] >> shift & 0xF) - min;
      }
    }
  }
}
