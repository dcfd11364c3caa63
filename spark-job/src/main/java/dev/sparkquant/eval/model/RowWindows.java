package dev.sparkquant.eval.model;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows that each thread read last, as they are stored. A product asks for the same few rows
 * again and again, some columns at a time: they are read once, whole and in one piece.
 */
final class RowWindows {
  private final Map<Thread, Window> windows = new ConcurrentHashMap<>();

  /**
   * Reads rows, unless the calling thread has just done so.
   *
   * @return the rows from index 0 on; valid until the thread calls again
   */
  byte[] read(TensorRows tensor, long firstRow, int rows) throws IOException {
    return windows
        .computeIfAbsent(Thread.currentThread(), thread -> new Window())
        .read(tensor, firstRow, rows);
  }

  /** One thread's rows. */
  private static final class Window {
    private TensorRows tensor;
    private long firstRow;
    private int rows;
    private byte[] bytes = {};

    byte[] read(TensorRows wanted, long wantedRow, int wantedRows) throws IOException {
      if (!wanted.equals(tensor) || wantedRow != firstRow || wantedRows > rows) {
        int length = Math.multiplyExact(wantedRows, wanted.rowBytes());
        if (bytes.length < length) {
          bytes = new byte[length];
        }
        // Nothing is held while the read can fail.
        tensor = null;
        wanted.read(wantedRow, wantedRows, bytes, 0);
        tensor = wanted;
        firstRow = wantedRow;
        rows = wantedRows;
      }
      return bytes;
    }
  }
}
