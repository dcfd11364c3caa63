package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ1_0Block;

/**
 * Decodes {@link TQ1_0Block}.
 *
 * <p>Source: {@code dequantize_row_tq1_0} in ggml.
 */
final class TQ1_0Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + TQ1_0Block.D));
    int qs = at + TQ1_0Block.QS;
    unpack(src, qs, 32, 5, d, dst, dstAt);
    unpack(src, qs + 32, 16, 5, d, dst, dstAt + 5 * 32);
    unpack(src, at + TQ1_0Block.QH, 4, 4, d, dst, dstAt + 5 * 32 + 5 * 16);
  }

  private static void unpack(
      byte[] src, int at, int bytes, int digits, float d, float[] dst, int dstAt) {
    int power = 1;
    for (int digit = 0; digit < digits; digit++) {
      for (int i = 0; i < bytes; i++) {
        int fraction = src[at + i] * power & 0xFF;
        int q = fraction * 3 >> 8;
        dst[dstAt + digit * bytes + i] = (q - 1) * d;
      }
      power *= 3;
    }
  }
}
