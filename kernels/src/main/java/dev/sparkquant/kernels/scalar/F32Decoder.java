package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Reads elements stored as F32.
 *
 * <p>Source: {@code GGML_TYPE_F32} in ggml.
 */
final class F32Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    for (int i = 0; i < count; i++) {
      dst[dstOffset + i] = LittleEndian.getFloat(src, srcOffset + i * Float.BYTES);
    }
    return count * Float.BYTES;
  }
}
