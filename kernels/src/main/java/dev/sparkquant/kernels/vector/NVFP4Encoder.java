package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.UnsignedE4m3;
import dev.sparkquant.kernels.block.NVFP4Block;

/** Encodes {@link NVFP4Block}. */
final class NVFP4Encoder extends BlockwiseEncoder {
  private static final int LENGTH = NVFP4Block.SUB_LENGTH;

  NVFP4Encoder(RowEncoder scalar) {
    super(GgmlType.NVFP4, scalar);
  }

  @Override
  boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to) {
    for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
      int first = j * LENGTH;
      float largest = Ranges.largestMagnitude(src, at + first, LENGTH);
      byte scale = UnsignedE4m3.fromFloat(largest / 6);
      float d = UnsignedE4m3.toHalfScale(scale);
      if (!E2m1Levels.canRound(largest, d)) {
        return false;
      }
      E2m1Levels.round(src, at + first, LENGTH, d, levels, first);
      dst[to + NVFP4Block.D + j] = scale;
    }
    for (int j = 0; j < NVFP4Block.SUB_BLOCKS; j++) {
      int qs = to + NVFP4Block.QS + j * LENGTH / 2;
      BytePacking.nibbles(levels, j * LENGTH, LENGTH / 2, dst, qs);
    }
    return true;
  }
}
