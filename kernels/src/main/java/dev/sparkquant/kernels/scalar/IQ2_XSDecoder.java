package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ2_XSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ2_XSBlock}.
 *
 * <p>Source: {@code dequantize_row_iq2_xs} in ggml.
 */
final class IQ2_XSDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_XSBlock.D));
    for (int group = 0; group < IQ2_XSBlock.LENGTH / 8; group++) {
      int scaleBits = src[at + IQ2_XSBlock.SCALES + group / 4] >> (group % 4 / 2 * 4) & 0xF;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      int q = LittleEndian.getShort(src, at + IQ2_XSBlock.QS + 2 * group);
      int signs = GridPoints.signs(q >> 9);
      GridPoints.decodeSigned(IqGrids.IQ2_XS, q & 511, signs, scale, dst, dstAt + 8 * group);
    }
  }
}
