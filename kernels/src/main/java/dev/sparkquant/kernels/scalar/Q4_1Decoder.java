package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_1Block;

/**
 * Decodes {@link Q4_1Block}.
 *
 * <p>Source: {@code dequantize_row_q4_1} in ggml.
 */
final class Q4_1Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_1Block.D));
    float m = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q4_1Block.M));
    for (int i = 0; i < Q4_1Block.LENGTH; i++) {
      int level = Nibbles.get(src, at + Q4_1Block.QS, Q4_1Block.LENGTH, i);
      dst[dstAt + i] = level * d + m;
    }
  }
}
