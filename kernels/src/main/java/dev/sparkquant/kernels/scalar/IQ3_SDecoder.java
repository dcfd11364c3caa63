package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ3_SBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ3_SBlock}.
 *
 * <p>Source: {@code dequantize_row_iq3_s} in ggml.
 */
final class IQ3_SDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ3_SBlock.D));
    for (int j = 0; j < IQ3_SBlock.SUB_BLOCKS; j++) {
      int scaleBits = src[at + IQ3_SBlock.SCALES + j / 2] >> (4 * (j % 2)) & 0xF;
      float scale = d * (1 + 2 * scaleBits);
      for (int group = 0; group < 8; group++) {
        int low = src[at + IQ3_SBlock.QS + 8 * j + group] & 0xFF;
        int high = src[at + IQ3_SBlock.QH + j] >> group & 1;
        int signs = src[at + IQ3_SBlock.SIGNS + 4 * j + group / 2] >> (group % 2 * 4);
        int to = dstAt + j * IQ3_SBlock.SUB_LENGTH + 4 * group;
        GridPoints.decodeSigned(IqGrids.IQ3_S, low | high << 8, signs, scale, dst, to);
      }
    }
  }
}
