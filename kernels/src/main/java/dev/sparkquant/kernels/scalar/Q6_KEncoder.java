package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q6_KBlock;
import java.util.Arrays;

/**
 * Encodes {@link Q6_KBlock}.
 *
 * <p>Source: {@code quantize_row_q6_K_ref} and {@code quantize_row_q6_K_impl} in ggml.
 */
final class Q6_KEncoder implements BlockEncoder {
  private static final int HALF_LEVELS = 32;
  private static final int HALF_SCALE_LEVELS = 128;

  /** Below that, scales count as zero. */
  private static final float ZERO = 1e-15f;

  private final SymmetricSearch search = new SymmetricSearch(Q6_KBlock.SUB_LENGTH, HALF_LEVELS);

  private final int[] levels = new int[Q6_KBlock.LENGTH];
  private final float[] scales = new float[Q6_KBlock.SUB_BLOCKS];

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    searchScales(x, at, importance, importanceAt);
    float extreme = Extremes.largestMagnitude(scales, 0, scales.length);
    if (Math.abs(extreme) < ZERO) {
      Arrays.fill(dst, dstAt, dstAt + Q6_KBlock.BYTES, (byte) 0);
      return;
    }
    putScales(-HALF_SCALE_LEVELS / extreme, dst, dstAt);
    roundToStoredScales(x, at, dst, dstAt);
    Q6_KOrder.pack(levels, dst, dstAt + Q6_KBlock.QL);
    keepHighBits();
    TwoBitOrder.pack(levels, dst, dstAt + Q6_KBlock.QH);
  }

  private void searchScales(float[] x, int at, float[] importance, int importanceAt) {
    for (int j = 0; j < Q6_KBlock.SUB_BLOCKS; j++) {
      int first = j * Q6_KBlock.SUB_LENGTH;
      scales[j] = search.search(x, at + first, importance, importanceAt + first, levels, first);
    }
  }

  private void putScales(float inverse, byte[] block, int blockAt) {
    LittleEndian.putShort(block, blockAt + Q6_KBlock.D, HalfFloat.fromFloat(1 / inverse));
    for (int j = 0; j < Q6_KBlock.SUB_BLOCKS; j++) {
      int level = Math.min(HALF_SCALE_LEVELS - 1, Rounding.nearestInt(inverse * scales[j]));
      block[blockAt + Q6_KBlock.SCALES + j] = (byte) level;
    }
  }

  /** Rounds the elements anew, with the scales that the block holds; levels of scale 0 stay. */
  private void roundToStoredScales(float[] x, int at, byte[] block, int blockAt) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(block, blockAt + Q6_KBlock.D));
    for (int j = 0; j < Q6_KBlock.SUB_BLOCKS; j++) {
      float scale = d * block[blockAt + Q6_KBlock.SCALES + j];
      if (scale != 0) {
        int first = j * Q6_KBlock.SUB_LENGTH;
        Levels.roundSymmetric(
            x, at + first, Q6_KBlock.SUB_LENGTH, scale, HALF_LEVELS, levels, first);
      }
    }
  }

  /** Drops the low four bits of every level. */
  private void keepHighBits() {
    for (int i = 0; i < levels.length; i++) {
      levels[i] >>= 4;
    }
  }
}
