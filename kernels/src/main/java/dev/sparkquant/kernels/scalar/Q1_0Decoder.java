package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q1_0Block;

/**
 * Decodes {@link Q1_0Block}.
 *
 * <p>Source: {@code dequantize_row_q1_0} in ggml.
 */
final class Q1_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q1_0Block.D));
    for (int i = 0; i < Q1_0Block.LENGTH; i++) {
      boolean positive = (src[at + Q1_0Block.QS + i / Byte.SIZE] >> i % Byte.SIZE & 1) != 0;
      dst[dstAt + i] = positive ? d : -d;
    }
  }
}
