package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ4_XSBlock}.
 *
 * <p>Source: {@code dequantize_row_iq4_xs} in ggml.
 */
final class IQ4_XSDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ4_XSBlock.D));
    int scalesHigh = LittleEndian.getShort(src, at + IQ4_XSBlock.SCALES_H);
    for (int j = 0; j < IQ4_XSBlock.SUB_BLOCKS; j++) {
      int low = src[at + IQ4_XSBlock.SCALES_L + j / 2] >> (4 * (j % 2)) & 0xF;
      int high = scalesHigh >> (2 * j) & 3;
      float scale = d * ((low | high << 4) - 32);
      int qs = at + IQ4_XSBlock.QS + 16 * j;
      IQ4_NLDecoder.decodeNibbles(src, qs, scale, dst, dstAt + j * IQ4_XSBlock.SUB_LENGTH);
    }
  }
}
