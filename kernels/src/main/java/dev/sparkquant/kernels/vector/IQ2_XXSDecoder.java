package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ2_XXSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ2_XXSBlock}. */
final class IQ2_XXSDecoder implements RowDecoder {
  private static final long[] POINTS = GridBytes.points(IqGrids.IQ2_XXS, 1, 0);

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ2_XXSBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ2_XXSBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ2_XXSBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int j = 0; j < IQ2_XXSBlock.SUB_BLOCKS; j++) {
      int qs = at + IQ2_XXSBlock.QS + 8 * j;
      int signs = LittleEndian.getInt(src, qs + 4);
      for (int group = 0; group < 4; group++) {
        long point = POINTS[src[qs + group] & 0xFF];
        long signed = GridBytes.negate(point, GridBytes.evenSigns(signs >> 7 * group));
        LittleEndian.putLong(levels, j * IQ2_XXSBlock.SUB_LENGTH + 8 * group, signed);
      }
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ2_XXSBlock.D));
    for (int j = 0; j < IQ2_XXSBlock.SUB_BLOCKS; j++) {
      int scaleBits = LittleEndian.getInt(src, at + IQ2_XXSBlock.QS + 8 * j + 4) >>> 28;
      float scale = d * (0.5f + scaleBits) * 0.25f;
      int length = IQ2_XXSBlock.SUB_LENGTH;
      Runs.bytes(levels, j * length, length, scale, dst, to + j * length);
    }
  }
}
