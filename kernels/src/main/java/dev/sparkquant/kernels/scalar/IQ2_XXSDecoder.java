package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ2_XXSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ2_XXSBlock}.
 *
 * <p>Source: {@code dequantize_row_iq2_xxs} in ggml.
 */
final class IQ2_XXSDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_XXSBlock.D));
    for (int j = 0; j < IQ2_XXSBlock.SUB_BLOCKS; j++) {
      int qs = at + IQ2_XXSBlock.QS + 8 * j;
      int scaleAndSigns = LittleEndian.getInt(src, qs + 4);
      float scale = d * (0.5f + (scaleAndSigns >>> 28)) * 0.25f;
      for (int group = 0; group < 4; group++) {
        int point = src[qs + group] & 0xFF;
        int signs = GridPoints.signs(scaleAndSigns >> (7 * group));
        int to = dstAt + j * IQ2_XXSBlock.SUB_LENGTH + 8 * group;
        GridPoints.decodeSigned(IqGrids.IQ2_XXS, point, signs, scale, dst, to);
      }
    }
  }
}
