package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_0Block;

/**
 * Decodes {@link Q2_0Block}.
 *
 * <p>Source: {@code dequantize_row_q2_0} in ggml.
 */
final class Q2_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q2_0Block.D));
    for (int i = 0; i < Q2_0Block.LENGTH; i++) {
      int q = src[at + Q2_0Block.QS + i / 4] >> i % 4 * 2 & 3;
      dst[dstAt + i] = (q - 1) * d;
    }
  }
}
