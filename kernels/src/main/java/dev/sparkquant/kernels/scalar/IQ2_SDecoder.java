package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ2_SBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ2_SBlock}.
 *
 * <p>Source: {@code dequantize_row_iq2_s} in ggml.
 */
final class IQ2_SDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_SBlock.D));
    for (int group = 0; group < IQ2_SBlock.LENGTH / 8; group++) {
      int scaleBits = src[at + IQ2_SBlock.SCALES + group / 4] >> (group % 4 / 2 * 4) & 0xF;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      int low = src[at + IQ2_SBlock.QS + group] & 0xFF;
      int high = src[at + IQ2_SBlock.QH + group / 4] >> (group % 4 * 2) & 3;
      int signs = src[at + IQ2_SBlock.SIGNS + group];
      GridPoints.decodeSigned(IqGrids.IQ2_S, low | high << 8, signs, scale, dst, dstAt + 8 * group);
    }
  }
}
