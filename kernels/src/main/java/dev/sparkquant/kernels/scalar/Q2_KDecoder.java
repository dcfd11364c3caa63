package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_KBlock;

/**
 * Decodes {@link Q2_KBlock}.
 *
 * <p>Source: {@code dequantize_row_q2_K} in ggml.
 */
final class Q2_KDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_KBlock.D));
    float dmin = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_KBlock.DMIN));
    for (int j = 0; j < Q2_KBlock.SUB_BLOCKS; j++) {
      int packed = src[at + Q2_KBlock.SCALES + j] & 0xFF;
      float scale = d * (packed & 0xF);
      float min = dmin * (packed >> 4);
      int qs = at + Q2_KBlock.QS + TwoBitOrder.firstByte(j);
      int shift = TwoBitOrder.shift(j);
      int to = dstAt + j * Q2_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q2_KBlock.SUB_LENGTH; i++) {
        dst[to + i] = scale * (src[qs + i] >> shift & 3) - min;
      }
    }
  }
}
