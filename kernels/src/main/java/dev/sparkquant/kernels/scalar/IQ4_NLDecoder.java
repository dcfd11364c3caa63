package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ4Values;
import dev.sparkquant.kernels.block.IQ4_NLBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ4_NLBlock}.
 *
 * <p>Source: {@code dequantize_row_iq4_nl} in ggml.
 */
final class IQ4_NLDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_NLBlock.D));
    decodeNibbles(src, at + IQ4_NLBlock.QS, d, dst, dstAt);
  }

  /** Decodes sixteen bytes: the low nibbles are the first sixteen elements, the high the next. */
  static void decodeNibbles(byte[] src, int qs, float scale, float[] dst, int dstAt) {
    for (int i = 0; i < 16; i++) {
      dst[dstAt + i] = scale * IQ4Values.value(src[qs + i] & 0xF);
      dst[dstAt + 16 + i] = scale * IQ4Values.value(src[qs + i] >> 4 & 0xF);
    }
  }
}
