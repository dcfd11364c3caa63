package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_0Block;

/**
 * Decodes {@link Q4_0Block}.
 *
 * <p>Source: {@code dequantize_row_q4_0} in ggml.
 */
final class Q4_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_0Block.D));
    for (int i = 0; i < Q4_0Block.LENGTH; i++) {
      int level = Nibbles.get(src, at + Q4_0Block.QS, Q4_0Block.LENGTH, i);
      dst[dstAt + i] = (level - 8) * d;
    }
  }
}
