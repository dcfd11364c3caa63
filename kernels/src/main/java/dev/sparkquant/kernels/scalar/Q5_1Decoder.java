package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_1Block;

/**
 * Decodes {@link Q5_1Block}.
 *
 * <p>Source: {@code dequantize_row_q5_1} in ggml.
 */
final class Q5_1Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_1Block.D));
    float m = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_1Block.M));
    int qh = LittleEndian.getInt(src, at + Q5_1Block.QH);
    for (int i = 0; i < Q5_1Block.LENGTH; i++) {
      int level = Nibbles.get(src, at + Q5_1Block.QS, Q5_1Block.LENGTH, i) | FifthBits.get(qh, i);
      dst[dstAt + i] = level * d + m;
    }
  }
}
