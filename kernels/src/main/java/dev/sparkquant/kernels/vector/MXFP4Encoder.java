package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.E8m0;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.MXFP4Block;

/** Encodes {@link MXFP4Block}. */
final class MXFP4Encoder extends BlockwiseEncoder {
  private static final int LENGTH = MXFP4Block.LENGTH;

  MXFP4Encoder(RowEncoder scalar) {
    super(GgmlType.MXFP4, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    float largest = Ranges.largestMagnitude(src, at, LENGTH);
    byte e = E8m0.fromMagnitude(largest);
    float d = E8m0.toHalfScale(e);
    if (!E2m1Levels.canRound(largest, d)) {
      return false;
    }
    E2m1Levels.round(src, at, LENGTH, d, levels, 0);
    dst[to + MXFP4Block.E] = e;
    BytePacking.nibbles(levels, 0, LENGTH / 2, dst, to + MXFP4Block.QS);
    return true;
  }
}
