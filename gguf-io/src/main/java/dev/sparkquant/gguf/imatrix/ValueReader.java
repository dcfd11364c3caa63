package dev.sparkquant.gguf.imatrix;

import dev.sparkquant.gguf.FileCursor;
import dev.sparkquant.gguf.GgufException;
import java.io.IOException;

/** Reads the numbers of an importance matrix, within a bound of memory for all of them. */
final class ValueReader {
  private final FileCursor cursor;
  private final long mostBytes;
  private long bytes;

  ValueReader(FileCursor cursor, long mostBytes) {
    this.cursor = cursor;
    this.mostBytes = mostBytes;
  }

  /**
   * Reads so many floats where the cursor stands.
   *
   * @param what they are, for messages
   * @throws GgufException if the file ends before, one is no finite number, or they would take too
   *     much memory
   */
  float[] read(String what, long count) throws IOException {
    long start = cursor.position();
    if (count > cursor.remaining() / Float.BYTES) {
      throw cursor.damaged(
          start,
          String.format(
              "file ends in %s: %d values wanted, %d bytes left; it is incomplete or damaged",
              what, count, cursor.remaining()));
    }
    bytes += count * Float.BYTES;
    if (bytes > mostBytes || count > Integer.MAX_VALUE - 8) {
      throw cursor.damaged(
          start,
          String.format(
              "%s brings the values to %d bytes, but %d fit in memory: enlarge the heap (-Xmx)",
              what, bytes, mostBytes));
    }
    float[] values = new float[(int) count];
    cursor.readFloats(values, what);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw cursor.damaged(
            start + (long) i * Float.BYTES,
            String.format("%s has %s at index %d: measure the matrix anew", what, values[i], i));
      }
    }
    return values;
  }
}
