package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ2_0Block;

/**
 * Decodes {@link TQ2_0Block}.
 *
 * <p>Source: {@code dequantize_row_tq2_0} in ggml.
 */
final class TQ2_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + TQ2_0Block.D));
    for (int group = 0; group < TQ2_0Block.LENGTH / 16; group++) {
      int bytes = at + TQ2_0Block.QS + TwoBitOrder.firstByte(group);
      int shift = TwoBitOrder.shift(group);
      for (int i = 0; i < 16; i++) {
        int q = src[bytes + i] >> shift & 3;
        dst[dstAt + 16 * group + i] = (q - 1) * d;
      }
    }
  }
}
