package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.UnsignedE4m3;
import dev.sparkquant.kernels.block.E2m1Values;
import dev.sparkquant.kernels.block.NVFP4Block;

/**
 * Decodes {@link NVFP4Block}.
 *
 * <p>Source: {@code dequantize_row_nvfp4} in ggml.
 */
final class NVFP4Decoder implements BlockDecoder {

  @Override
  public void decode(byte[] src, int at, float[] dst, int dstAt) {
    for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
      float d = UnsignedE4m3.toHalfScale(src[at + NVFP4Block.D + j]);
      int qs = at + NVFP4Block.QS + j * NVFP4Block.SUB_LENGTH / 2;
      int to = dstAt + j * NVFP4Block.SUB_LENGTH;
      for (int i = 0; i < NVFP4Block.SUB_LENGTH; i++) {
        int q = Nibbles.get(src, qs, NVFP4Block.SUB_LENGTH, i);
        dst[to + i] = E2m1Values.value(q) * d;
      }
    }
  }
}
