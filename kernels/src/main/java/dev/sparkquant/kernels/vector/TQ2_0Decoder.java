package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ2_0Block;

/** Decodes {@link TQ2_0Block}. */
final class TQ2_0Decoder implements RowDecoder {
  private static final int RUN = 32;

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += TQ2_0Block.LENGTH) {
      float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + TQ2_0Block.D));
      for (int run = 0; run < TQ2_0Block.LENGTH / RUN; run++) {
        int qs = at + TQ2_0Block.QS + run / 4 * RUN;
        Runs.fields(src, qs, RUN, run % 4 * 2, 3, 1, d, dst, to + run * RUN);
      }
      at += TQ2_0Block.BYTES;
    }
    return at - srcOffset;
  }
}
