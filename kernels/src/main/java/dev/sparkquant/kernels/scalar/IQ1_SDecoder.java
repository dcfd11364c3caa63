package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ1_SBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ1_SBlock}.
 *
 * <p>Source: {@code dequantize_row_iq1_s} in ggml.
 */
final class IQ1_SDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ1_SBlock.D));
    for (int j = 0; j < IQ1_SBlock.SUB_BLOCKS; j++) {
      int qh = LittleEndian.getShort(src, at + IQ1_SBlock.QH + 2 * j);
      float scale = d * (2 * (qh >> 12 & 7) + 1);
      boolean down = (qh & 0x8000) != 0;
      for (int group = 0; group < 4; group++) {
        int low = src[at + IQ1_SBlock.QS + 4 * j + group] & 0xFF;
        int high = qh >> (3 * group) & 7;
        GridPoints.decodeShifted(
            low | high << 8, down, scale, dst, dstAt + j * IQ1_SBlock.SUB_LENGTH + 8 * group);
      }
    }
  }
}
