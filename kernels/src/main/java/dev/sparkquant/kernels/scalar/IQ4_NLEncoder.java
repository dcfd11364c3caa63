package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.IQ4_NLBlock;
import dev.sparkquant.kernels.block.LittleEndian;

/**
 * Encodes {@link IQ4_NLBlock}.
 *
 * <p>Source: {@code quantize_iq4_nl} in ggml.
 */
final class IQ4_NLEncoder implements BlockEncoder {
  private final IQ4Search search = new IQ4Search();

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float scale =
        importance == null ? search.search(x, at) : weighted(x, at, importance, importanceAt);
    LittleEndian.putShort(dst, dstAt + IQ4_NLBlock.D, HalfFloat.fromFloat(scale));
    float inverseScale = scale != 0 ? 1 / scale : 0;
    IQ4Search.pack(x, at, inverseScale, dst, dstAt + IQ4_NLBlock.QS);
  }

  private float weighted(float[] x, int at, float[] importance, int importanceAt) {
    float variance = Weights.sumOfSquares(x, at, IQ4_NLBlock.LENGTH) * (2f / IQ4_NLBlock.LENGTH);
    return search.search(x, at, importance, importanceAt, variance);
  }
}
