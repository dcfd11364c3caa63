package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.linalg.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Some rows of a tensor as the weights of a matrix product, read from the file where the product
 * wants them.
 */
final class FileRows implements RowSource {
  private final TensorRows tensor;
  private final long firstRow;
  private final int rows;
  private final RowWindows windows;
  private final RowDecoder decoder;
  private final int rowBytes;

  FileRows(TensorRows tensor, long firstRow, int rows, RowWindows windows) {
    this.tensor = tensor;
    this.firstRow = firstRow;
    this.rows = rows;
    this.windows = windows;
    this.decoder = Kernels.decoder(tensor.type());
    this.rowBytes = tensor.rowBytes();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return tensor.rowLength();
  }

  /**
   * @throws UncheckedIOException if the file cannot be read
   */
  @Override
  public void decode(
      int first, int rowCount, int firstColumn, int columnCount, float[] dst, int stride) {
    byte[] bytes = read(first, rowCount);
    int from = (int) tensor.type().bytes(firstColumn);
    for (int r = 0; r < rowCount; r++) {
      decoder.decode(bytes, r * rowBytes + from, columnCount, dst, r * stride);
    }
  }

  private byte[] read(int first, int rowCount) {
    try {
      return windows.read(tensor, firstRow + first, rowCount);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
