package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q8_0Block;

/**
 * Decodes {@link Q8_0Block}.
 *
 * <p>Source: {@code dequantize_row_q8_0} in ggml.
 */
final class Q8_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q8_0Block.D));
    for (int i = 0; i < Q8_0Block.LENGTH; i++) {
      dst[dstAt + i] = src[at + Q8_0Block.QS + i] * d;
    }
  }
}
