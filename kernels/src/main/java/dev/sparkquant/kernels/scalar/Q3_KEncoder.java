package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q3_KBlock;
import java.util.Arrays;

/**
 * Encodes {@link Q3_KBlock}.
 *
 * <p>Source: {@code quantize_row_q3_K_ref} and {@code quantize_row_q3_K_impl} in ggml.
 */
final class Q3_KEncoder implements BlockEncoder {
  private static final int HALF_LEVELS = 4;
  private static final int HALF_SCALE_LEVELS = 32;

  private final Q3_KSearch plainSearch = new Q3_KSearch(Q3_KBlock.SUB_LENGTH);
  private final SymmetricSearch weightedSearch =
      new SymmetricSearch(Q3_KBlock.SUB_LENGTH, HALF_LEVELS);
  private final SymmetricSearch scaleSearch =
      new SymmetricSearch(Q3_KBlock.SUB_BLOCKS, HALF_SCALE_LEVELS);

  private final float[] weights = new float[Q3_KBlock.SUB_LENGTH];
  private final int[] levels = new int[Q3_KBlock.LENGTH];
  private final float[] weightSums = new float[Q3_KBlock.SUB_BLOCKS];
  private final float[] scales = new float[Q3_KBlock.SUB_BLOCKS];
  private final int[] scaleLevels = new int[Q3_KBlock.SUB_BLOCKS];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d;
    if (importance == null) {
      searchPlain(x, at);
      d = roundScales();
    } else {
      searchWeighted(x, at, importance, importanceAt);
      d = scaleSearch.search(scales, 0, weightSums, 0, scaleLevels, 0);
    }
    LittleEndian.putShort(dst, dstAt + Q3_KBlock.D, HalfFloat.fromFloat(d));
    Q3_KScales.put(scaleLevels, dst, dstAt + Q3_KBlock.SCALES);
    roundToStoredScales(x, at, dst, dstAt);
    packThirdBits(dst, dstAt + Q3_KBlock.HMASK);
    TwoBitOrder.pack(levels, dst, dstAt + Q3_KBlock.QS);
  }

  private void searchPlain(float[] x, int at) {
    for (int j = 0; j < Q3_KBlock.SUB_BLOCKS; j++) {
      int first = j * Q3_KBlock.SUB_LENGTH;
      scales[j] = plainSearch.search(x, at + first, levels, first);
    }
  }

  private void searchWeighted(float[] x, int at, float[] importance, int importanceAt) {
    float variance = 2 * Weights.sumOfSquares(x, at, Q3_KBlock.LENGTH) / Q3_KBlock.LENGTH;
    for (int j = 0; j < Q3_KBlock.SUB_BLOCKS; j++) {
      int first = j * Q3_KBlock.SUB_LENGTH;
      Weights.fromImportance(x, at + first, importance, importanceAt + first, variance, weights);
      weightSums[j] = Weights.sum(weights);
      scales[j] = weightedSearch.search(x, at + first, weights, 0, levels, first);
    }
  }

  /**
   * Rounds the scales so that the one of the largest magnitude gets level 0; returns their scale.
   */
  private float roundScales() {
    float extreme = Extremes.largestMagnitude(scales, 0, scales.length);
    if (extreme == 0) {
      Arrays.fill(scaleLevels, 0);
      return 0;
    }
    float inverse = -HALF_SCALE_LEVELS / extreme;
    for (int j = 0; j < scales.length; j++) {
      int level = (byte) Rounding.nearestInt(inverse * scales[j]);
      scaleLevels[j] =
          HALF_SCALE_LEVELS + Math.max(-HALF_SCALE_LEVELS, Math.min(HALF_SCALE_LEVELS - 1, level));
    }
    return 1 / inverse;
  }

  /** Rounds the elements anew, with the scales that the block holds; levels of scale 0 stay. */
  private void roundToStoredScales(float[] x, int at, byte[] block, int blockAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q3_KBlock.D));
    for (int j = 0; j < Q3_KBlock.SUB_BLOCKS; j++) {
      float scale = d * Q3_KScales.get(block, blockAt + Q3_KBlock.SCALES, j);
      if (scale != 0) {
        int first = j * Q3_KBlock.SUB_LENGTH;
        Levels.roundSymmetric(
            x, at + first, Q3_KBlock.SUB_LENGTH, scale, HALF_LEVELS, levels, first);
      }
    }
  }

  /** Moves the third bit of every level into the block. */
  private void packThirdBits(byte[] block, int hmask) {
    for (int i = 0; i < 32; i++) {
      int bits = 0;
      for (int bit = 0; bit < 8; bit++) {
        int element = 32 * bit + i;
        bits |= levels[element] >> 2 << bit;
        levels[element] &= 3;
      }
      block[hmask + i] = (byte) bits;
    }
  }
}
