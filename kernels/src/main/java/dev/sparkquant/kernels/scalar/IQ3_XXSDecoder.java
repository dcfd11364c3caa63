package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ3_XXSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ3_XXSBlock}.
 *
 * <p>Source: {@code dequantize_row_iq3_xxs} in ggml.
 */
final class IQ3_XXSDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ3_XXSBlock.D));
    for (int j = 0; j < IQ3_XXSBlock.SUB_BLOCKS; j++) {
      int scaleAndSigns = LittleEndian.getInt(src, at + IQ3_XXSBlock.SCALES_AND_SIGNS + 4 * j);
      float scale = d * (0.5f + (scaleAndSigns >>> 28)) * 0.5f;
      for (int group = 0; group < 8; group++) {
        int point = src[at + IQ3_XXSBlock.QS + 8 * j + group] & 0xFF;
        int signs = GridPoints.signs(scaleAndSigns >> (group / 2 * 7)) >> (group % 2 * 4);
        int to = dstAt + j * IQ3_XXSBlock.SUB_LENGTH + 4 * group;
        GridPoints.decodeSigned(IqGrids.IQ3_XXS, point, signs, scale, dst, to);
      }
    }
  }
}
