package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.E8m0;
import dev.sparkquant.kernels.block.E2m1Values;
import dev.sparkquant.kernels.block.MXFP4Block;

/**
 * Decodes {@link MXFP4Block}.
 *
 * <p>Source: {@code dequantize_row_mxfp4} in ggml.
 */
final class MXFP4Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    float d = E8m0.toHalfScale(src[at + MXFP4Block.E]);
    for (int i = 0; i < MXFP4Block.LENGTH; i++) {
      int q = Nibbles.get(src, at + MXFP4Block.QS, MXFP4Block.LENGTH, i);
      dst[dstAt + i] = E2m1Values.value(q) * d;
    }
  }
}
