package dev.sparkquant.gguf.imatrix;

import dev.sparkquant.gguf.FileCursor;
import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code llama-imatrix} before it wrote GGUF ({@code .dat}), little-endian: i32
 * number of entries; each entry i32 length, name, i32 calls, i32 count, f32[count]; then, in later
 * files, i32 number of chunks, i32 length, name of the dataset.
 *
 * <p>The floats are means of squares times calls; where calls is 0 or less, they are taken as they
 * are. Source: {@code common_imatrix_load_legacy}.
 */
final class LegacyFormat {
  private static final int LONGEST_NAME = 65535;

  /** Bytes of the shortest entry: name length, a byte of name, calls, count, one value. */
  private static final int SHORTEST_ENTRY = 4 + 1 + 4 + 4 + 4;

  private LegacyFormat() {}

  static ImportanceMatrix read(SeekableInput input, long mostBytes) throws IOException {
    FileCursor cursor = new FileCursor(input, Long.MAX_VALUE);
    Map<String, float[]> values = readEntries(cursor, new ValueReader(cursor, mostBytes));
    int chunkCount = 0;
    List<String> datasets = List.of();
    if (cursor.remaining() > 0) {
      chunkCount = cursor.readInt("the number of chunks");
      datasets = readDataset(cursor);
    }
    if (cursor.remaining() > 0) {
      throw cursor.damaged(
          cursor.position(), cursor.remaining() + " bytes follow where the file should end");
    }
    return new ImportanceMatrix(input.name(), datasets, chunkCount, values);
  }

  private static Map<String, float[]> readEntries(FileCursor cursor, ValueReader reader)
      throws IOException {
    int count = cursor.readInt("the number of entries");
    if (count < 1 || count > cursor.remaining() / SHORTEST_ENTRY) {
      throw cursor.damaged(
          0,
          String.format(
              "file of %d bytes is no importance matrix: it is no GGUF, and of the older format it"
                  + " would have %d entries",
              cursor.length(), count));
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      long start = cursor.position();
      String name = cursor.readShortName(LONGEST_NAME, "the name of entry " + i);
      if (values.containsKey(name)) {
        throw cursor.damaged(start, "entry " + GgufException.quote(name) + " occurs twice");
      }
      values.put(name, readEntry(cursor, reader, name));
    }
    return values;
  }

  private static float[] readEntry(FileCursor cursor, ValueReader reader, String name)
      throws IOException {
    String what = "entry " + GgufException.quote(name);
    int calls = cursor.readInt(what);
    long start = cursor.position();
    int count = cursor.readInt(what);
    if (count < 1) {
      throw cursor.damaged(start, what + " has " + count + " values, less than 1");
    }
    float[] values = reader.read(what, count);
    if (calls > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= calls;
      }
    }
    return values;
  }

  private static List<String> readDataset(FileCursor cursor) throws IOException {
    if (cursor.remaining() == 0) {
      return List.of();
    }
    long start = cursor.position();
    int size = cursor.readInt("the length of the dataset's name");
    if (size < 0 || size > cursor.remaining()) {
      throw cursor.damaged(
          start,
          String.format(
              "the dataset's name has %d bytes, but %d are left in the file",
              size, cursor.remaining()));
    }
    if (size == 0) {
      return List.of();
    }
    byte[] name = cursor.readBytes(size, "the dataset's name");
    return List.of(new String(name, StandardCharsets.UTF_8));
  }
}
