package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q2_0Block;

/** Encodes {@link Q2_0Block}. */
final class Q2_0Encoder extends BlockwiseEncoder {
  private static final int LENGTH = Q2_0Block.LENGTH;

  Q2_0Encoder(RowEncoder scalar) {
    super(GgmlType.Q2_0, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float d = Ranges.largestMagnitude(src, at, LENGTH);
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(inverse)) {
      return false;
    }
    LittleEndian.putShort(dst, to + Q2_0Block.D, HalfFloat.fromFloat(d));
    LevelBytes.round(src, at, LENGTH, inverse, 1, levels, 0);
    BytePacking.successivePairs(levels, LENGTH, dst, to + Q2_0Block.QS);
    return true;
  }
}
