package dev.sparkquant.kernels.linalg;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowDecoder;

/** A weight matrix in one ggml type, row after row in a byte array. */
public final class EncodedRows implements RowSource {
  private final byte[] bytes;
  private final int offset;
  private final GgmlType type;
  private final RowDecoder decoder;
  private final int rows;
  private final int columns;
  private final int rowBytes;

  /**
   * The matrix that starts at {@code offset}.
   *
   * @param decoder the decoder of {@code type}
   * @throws IllegalArgumentException if a row is not whole blocks, or the array is too short
   */
  public EncodedRows(
      byte[] bytes, int offset, GgmlType type, RowDecoder decoder, int rows, int columns) {
    this.bytes = bytes;
    this.offset = offset;
    this.type = type;
    this.decoder = decoder;
    this.rows = rows;
    this.columns = columns;
    rowBytes = Math.toIntExact(type.bytes(columns));
    long needed = (long) rows * rowBytes;
    if (rows <= 0 || columns <= 0 || offset < 0 || needed > bytes.length - offset) {
      throw new IllegalArgumentException(
          "Cannot read "
              + rows
              + " rows of "
              + columns
              + " "
              + type
              + " at "
              + offset
              + " of "
              + bytes.length
              + " bytes: they take "
              + needed);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void decode(
      int firstRow, int rowCount, int firstColumn, int columnCount, float[] dst, int stride) {
    int from = offset + firstRow * rowBytes + (int) type.bytes(firstColumn);
    for (int r = 0; r < rowCount; r++) {
      decoder.decode(bytes, from + r * rowBytes, columnCount, dst, r * stride);
    }
  }
}
