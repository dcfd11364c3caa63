package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_0Block;

/**
 * Decodes {@link Q5_0Block}.
 *
 * <p>Source: {@code dequantize_row_q5_0} in ggml.
 */
final class Q5_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + Q5_0Block.D));
    int qh = LittleEndian.getInt(src, at + Q5_0Block.QH);
    for (int i = 0; i < Q5_0Block.LENGTH; i++) {
      int level = Nibbles.get(src, at + Q5_0Block.QS, Q5_0Block.LENGTH, i) | FifthBits.get(qh, i);
      dst[dstAt + i] = (level - 16) * d;
    }
  }
}
