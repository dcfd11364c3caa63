package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.Q8_0Block;

/** Encodes {@link Q8_0Block}. */
final class Q8_0Encoder extends BlockwiseEncoder {
  private static final int LENGTH = Q8_0Block.LENGTH;
  private static final int MAX_LEVEL = 127;

  Q8_0Encoder(RowEncoder scalar) {
    super(GgmlType.Q8_0, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float d = Ranges.largestMagnitude(src, at, LENGTH) / MAX_LEVEL;
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(inverse)) {
      return false;
    }
    LittleEndian.putShort(dst, to + Q8_0Block.D, HalfFloat.fromFloat(d));
    LevelBytes.round(src, at, LENGTH, inverse, 0, dst, to + Q8_0Block.QS);
    return true;
  }
}
