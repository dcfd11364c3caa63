package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q6_KBlock;

/**
 * Decodes {@link Q6_KBlock}.
 *
 * <p>Source: {@code dequantize_row_q6_K} in ggml.
 */
final class Q6_KDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q6_KBlock.D));
    for (int j = 0; j < Q6_KBlock.SUB_BLOCKS; j++) {
      float scale = d * src[at + Q6_KBlock.SCALES + j];
      int ql = at + Q6_KBlock.QL + Q6_KOrder.firstByte(j);
      int lowShift = Q6_KOrder.shift(j);
      int qh = at + Q6_KBlock.QH + TwoBitOrder.firstByte(j);
      int highShift = TwoBitOrder.shift(j);
      int to = dstAt + j * Q6_KBlock.SUB_LENGTH;
      for (int i = 0; i < Q6_KBlock.SUB_LENGTH; i++) {
        int low = src[ql + i] >> lowShift & 0xF;
        int high = src[qh + i] >> highShift & 3;
        dst[to + i] = scale * (low + 16 * high - 32);
      }
    }
  }
}
