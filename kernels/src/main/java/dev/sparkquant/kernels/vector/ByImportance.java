package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.RowEncoder;

/** Encodes rows with one of two encoders. */
record ByImportance(RowEncoder plain, RowEncoder weighted) implements RowEncoder {

  @Override
  public int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset) {
    RowEncoder encoder = importance == null ? plain : weighted;
    return encoder.encode(
        src, srcOffset, rows, rowLength, importance, importanceOffset, dst, dstOffset);
  }
}
