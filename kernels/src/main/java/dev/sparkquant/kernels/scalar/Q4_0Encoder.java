package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_0Block;

/**
 * Encodes {@link Q4_0Block}: without importance the largest magnitude decides the scale, with
 * importance a search does.
 *
 * <p>Source: {@code quantize_row_q4_0_ref} and {@code quantize_row_q4_0_impl} in ggml.
 */
final class Q4_0Encoder implements BlockEncoder {
  private static final int HALF = 8;

  private final SymmetricSearch search = new SymmetricSearch(Q4_0Block.LENGTH, HALF);
  private final int[] levels = new int[Q4_0Block.LENGTH];

  @Override
  public void encode(float[] x, int at, float[] weights, int weightsAt, byte[] dst, int dstAt) {
    float d =
        weights == null
            ? ExtremeRounding.round(x, at, HALF, levels)
            : search.search(x, at, weights, weightsAt, levels, 0);
    LittleEndian.putShort(dst, dstAt + Q4_0Block.D, HalfFloat.fromFloat(d));
    Nibbles.pack(levels, Q4_0Block.LENGTH, dst, dstAt + Q4_0Block.QS);
  }
}
