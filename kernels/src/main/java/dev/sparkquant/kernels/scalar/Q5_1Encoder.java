package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q5_1Block;

/**
 * Encodes {@link Q5_1Block}: without importance the range decides scale and minimum, with
 * importance a search does.
 *
 * <p>Source: {@code quantize_row_q5_1_ref} and {@code quantize_row_q5_1_impl} in ggml.
 */
final class Q5_1Encoder implements BlockEncoder {
  private static final int MAX_LEVEL = 31;

  private final RangeRounding rounding = new RangeRounding(MAX_LEVEL);
  private final AffineSearch search =
      new AffineSearch(
          Q5_1Block.LENGTH, MAX_LEVEL, new AffineSearch.Steps(-0.9f, 0.05f, 37, false));
  private final int[] levels = new int[Q5_1Block.LENGTH];

  @Override
  public void encode(float[] x, int at, float[] weights, int weightsAt, byte[] dst, int dstAt) {
    float d;
    float m;
    if (weights == null) {
      d = rounding.round(x, at, levels);
      m = rounding.offset();
    } else {
      d = search.search(x, at, weights, levels, 0);
      m = -search.min();
    }
    LittleEndian.putShort(dst, dstAt + Q5_1Block.D, HalfFloat.fromFloat(d));
    LittleEndian.putShort(dst, dstAt + Q5_1Block.M, HalfFloat.fromFloat(m));
    LittleEndian.putInt(dst, dstAt + Q5_1Block.QH, FifthBits.pack(levels));
    Nibbles.pack(levels, Q5_1Block.LENGTH, dst, dstAt + Q5_1Block.QS);
  }
}
