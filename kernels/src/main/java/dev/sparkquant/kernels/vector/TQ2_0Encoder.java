package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ2_0Block;

/** Encodes {@link TQ2_0Block}. */
final class TQ2_0Encoder extends BlockwiseEncoder {
  private static final int LENGTH = TQ2_0Block.LENGTH;
  private static final int HALF = LENGTH / 2;

  TQ2_0Encoder(RowEncoder scalar) {
    super(GgmlType.TQ2_0, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float d = Ranges.largestMagnitude(src, at, LENGTH);
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(inverse)) {
      return false;
    }
    LittleEndian.putShort(dst, to + TQ2_0Block.D, HalfFloat.fromFloat(d));
    LevelBytes.round(src, at, LENGTH, inverse, 1, levels, 0);
    BytePacking.pairs(levels, 0, HALF / 4, dst, to + TQ2_0Block.QS);
    BytePacking.pairs(levels, HALF, HALF / 4, dst, to + TQ2_0Block.QS + HALF / 4);
    return true;
  }
}
