package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ1_MBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Decodes {@link IQ1_MBlock}.
 *
 * <p>Source: {@code dequantize_row_iq1_m} in ggml.
 */
final class IQ1_MDecoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = HalfFloat.toFloat(blockScale(src, at + IQ1_MBlock.SCALES));
    for (int group = 0; group < IQ1_MBlock.LENGTH / 8; group++) {
      // Three bits serve two groups, twelve of every sixteen bits are taken.
      int scales = LittleEndian.getShort(src, at + IQ1_MBlock.SCALES + group / 8 * 2);
      float scale = d * (2 * (scales >> (group % 8 / 2 * 3) & 7) + 1);
      int low = src[at + IQ1_MBlock.QS + group] & 0xFF;
      int high = src[at + IQ1_MBlock.QH + group / 2] >> (4 * (group % 2));
      GridPoints.decodeShifted(
          low | (high & 7) << 8, (high & 8) != 0, scale, dst, dstAt + 8 * group);
    }
  }

  /** The block's scale, from the top four bits of each of four 16-bit numbers. */
  private static short blockScale(byte[] src, int scales) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits |= (LittleEndian.getShort(src, scales + 2 * i) >> 12 & 0xF) << (4 * i);
    }
    return (short) bits;
  }
}
