package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q4_1Block;

/** Encodes {@link Q4_1Block} without importance. */
final class Q4_1Encoder extends BlockwiseEncoder {
  private static final int LENGTH = Q4_1Block.LENGTH;
  private static final int MAX_LEVEL = 15;

  Q4_1Encoder(RowEncoder scalar) {
    super(GgmlType.Q4_1, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    long range = Ranges.range(src, at, LENGTH);
    float lowest = Ranges.lowest(range);
    if (lowest == 0) {
      lowest = Ranges.firstZero(src, at, LENGTH);
    }
    float d = (Ranges.highest(range) - lowest) / MAX_LEVEL;
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(d) || !Float.isFinite(inverse)) {
      return false;
    }
    LevelBytes.truncateAbove(src, at, LENGTH, lowest, inverse, MAX_LEVEL, levels);
    LittleEndian.putShort(dst, to + Q4_1Block.D, HalfFloat.fromFloat(d));
    LittleEndian.putShort(dst, to + Q4_1Block.M, HalfFloat.fromFloat(lowest));

    BytePacking.nibbles(levels, 0, LENGTH / 2, dst, to + Q4_1Block.QS);
    return true;
  }
}
