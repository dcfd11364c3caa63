package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ1_0Block;

/** Encodes {@link TQ1_0Block}. */
final class TQ1_0Encoder extends BlockwiseEncoder {
  private static final int LENGTH = TQ1_0Block.LENGTH;

  TQ1_0Encoder(RowEncoder scalar) {
    super(GgmlType.TQ1_0, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float d = Ranges.largestMagnitude(src, at, LENGTH);
    float inverse = d != 0 ? 1 / d : 0;
    if (!Float.isFinite(inverse)) {
      return false;
    }
    LittleEndian.putShort(dst, to + TQ1_0Block.D, HalfFloat.fromFloat(d));
    LevelBytes.round(src, at, LENGTH, inverse, 1, levels, 0);
    TernaryPacking.pack(levels, 0, 32, 5, dst, to + TQ1_0Block.QS);
    TernaryPacking.pack(levels, 5 * 32, 16, 5, dst, to + TQ1_0Block.QS + 32);
    TernaryPacking.pack(levels, 5 * 32 + 5 * 16, 4, 4, dst, to + TQ1_0Block.QH);
    return true;
  }
}
