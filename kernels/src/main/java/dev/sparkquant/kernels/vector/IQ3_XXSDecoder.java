package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.IQ3_XXSBlock;
import dev.sparkquant.kernels.block.IqGrids;
import dev.sparkquant.kernels.block.LittleEndian;

/** Decodes {@link IQ3_XXSBlock}. */
final class IQ3_XXSDecoder implements RowDecoder {
  private static final long[] POINTS = GridBytes.points(IqGrids.IQ3_XXS, 1, 0);

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    byte[] levels = new byte[IQ3_XXSBlock.LENGTH];
    int at = srcOffset;
    for (int to = dstOffset; to < dstOffset + count; to += IQ3_XXSBlock.LENGTH) {
      unpack(src, at, levels);
      scale(src, at, levels, dst, to);
      at += IQ3_XXSBlock.BYTES;
    }
    return at - srcOffset;
  }

  private static void unpack(byte[] src, int at, byte[] levels) {
    for (int j = 0; j < IQ3_XXSBlock.SUB_BLOCKS; j++) {
      int qs = at + IQ3_XXSBlock.QS + 8 * j;
      int signs = LittleEndian.getInt(src, at + IQ3_XXSBlock.SCALES_AND_SIGNS + 4 * j);
      for (int pair = 0; pair < 4; pair++) {
        long first = POINTS[src[qs + 2 * pair] & 0xFF];
        long second = POINTS[src[qs + 2 * pair + 1] & 0xFF];
        int eight = GridBytes.evenSigns(signs >> 7 * pair);
        long signed = GridBytes.negate(first | second << 32, eight);
        LittleEndian.putLong(levels, j * IQ3_XXSBlock.SUB_LENGTH + 8 * pair, signed);
      }
    }
  }

  private static void scale(byte[] src, int at, byte[] levels, float[] dst, int to) {
    float d = HalfFloat.toFloat(LittleEndian.getShort(src, at + IQ3_XXSBlock.D));
    for (int j = 0; j < IQ3_XXSBlock.SUB_BLOCKS; j++) {
      int scaleBits = LittleEndian.getInt(src, at + IQ3_XXSBlock.SCALES_AND_SIGNS + 4 * j) >>> 28;
      float scale = d * (0.5f + scaleBits) * 0.5f;
      int length = IQ3_XXSBlock.SUB_LENGTH;
      Runs.bytes(levels, j * length, length, scale, dst, to + j * length);
    }
  }
}
