package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_0Block;

/** Encodes {@link Q4_0Block} without importance. */
final class Q4_0Encoder extends BlockwiseEncoder {
  private static final int LENGTH = Q4_0Block.LENGTH;
  private static final int HALF_LEVELS = 8;

  Q4_0Encoder(RowEncoder scalar) {
    super(GgmlType.Q4_0, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float d = Ranges.extreme(src, at, LENGTH) / -HALF_LEVELS;
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(inverse)) {
      return false;
    }
    int most = 2 * HALF_LEVELS - 1;
    LevelBytes.truncate(src, at, LENGTH, inverse, HALF_LEVELS + 0.5f, most, levels);
    LittleEndian.putShort(dst, to + Q4_0Block.D, HalfFloat.fromFloat(d));

    BytePacking.nibbles(levels, 0, LENGTH / 2, dst, to + Q4_0Block.QS);
    return true;
  }
}
