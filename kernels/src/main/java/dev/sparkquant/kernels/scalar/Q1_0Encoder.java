package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q1_0Block;

/**
 * Encodes {@link Q1_0Block}: the scale is the mean magnitude; importance does not matter.
 *
 * <p>Source: {@code quantize_row_q1_0_ref} in ggml.
 */
final class Q1_0Encoder implements BlockEncoder {

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float sum = 0;
    for (int i = 0; i < Q1_0Block.LENGTH; i++) {
      sum += Math.abs(x[at + i]);
    }
    LittleEndian.putShort(dst, dstAt + Q1_0Block.D, HalfFloat.fromFloat(sum / Q1_0Block.LENGTH));
    for (int i = 0; i < Q1_0Block.LENGTH; i += Byte.SIZE) {
      int bits = 0;
      for (int j = 0; j < Byte.SIZE; j++) {
        if (x[at + i + j] >= 0) {
          bits |= 1 << j;
        }
      }
      dst[dstAt + Q1_0Block.QS + i / Byte.SIZE] = (byte) bits;
    }
  }
}
