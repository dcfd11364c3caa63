package dev.sparkquant.gguf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the key-value pairs of a header. Each value is first walked through and checked, then taken
 * as a whole, so that memory is allocated only for what is in the file.
 */
final class MetadataReader {
  /** Most pairs accepted. Real models have some dozens. */
  static final int MOST_PAIRS = 1 << 16;

  /** Longest key, in bytes (GGUF specification: 2^16 - 1). */
  static final int LONGEST_KEY = 65535;

  /** Arrays within arrays: most levels accepted. */
  static final int DEEPEST_ARRAY = 8;

  /** Bytes of the shortest pair: key length, one byte of key, value type, one byte of value. */
  static final int SHORTEST_PAIR = 8 + 1 + 4 + 1;

  private final FileCursor cursor;
  private final Map<String, Long> positions = new LinkedHashMap<>();

  MetadataReader(FileCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads that many pairs. */
  Metadata read(int count) throws IOException {
    Map<String, MetadataValue> pairs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      long start = cursor.position();
      String key = cursor.readName(LONGEST_KEY, "metadata key " + i);
      if (positions.putIfAbsent(key, start) != null) {
        throw cursor.damaged(start, "metadata key " + GgufException.quote(key) + " occurs twice");
      }
      pairs.put(key, readValue("metadata " + GgufException.quote(key)));
    }
    return Metadata.of(pairs);
  }

  /** Where each pair starts in the file, in bytes. */
  Map<String, Long> positions() {
    return positions;
  }

  private MetadataValue readValue(String what) throws IOException {
    MetadataType type = readType(what);
    long start = cursor.position();
    walk(type, 1, what);
    byte[] payload = cursor.copyFrom(start);
    if (cursor.order() == ByteOrder.BIG_ENDIAN) {
      ByteSwap.payload(type, payload);
    }
    return new MetadataValue(type, payload);
  }

  private MetadataType readType(String what) throws IOException {
    long start = cursor.position();
    int id = cursor.readInt(what);
    return MetadataType.fromId(id)
        .orElseThrow(
            () ->
                cursor.damaged(
                    start,
                    what
                        + " has the value or element type "
                        + Integer.toUnsignedString(id)
                        + ", which does not exist"));
  }

  private void walk(MetadataType type, int depth, String what) throws IOException {
    switch (type) {
      case BOOL -> walkBool(what);
      case STRING -> walkString(what);
      case ARRAY -> walkArray(depth, what);
      default -> cursor.skip(type.width(), what);
    }
  }

  private void walkBool(String what) throws IOException {
    long start = cursor.position();
    byte value = cursor.readByte(what);
    if (value != 0 && value != 1) {
      throw cursor.damaged(start, what + " holds bool " + (value & 0xFF) + ", which is not 0 or 1");
    }
  }

  private void walkString(String what) throws IOException {
    long start = cursor.position();
    long size = cursor.readLong(what);
    if (size < 0 || size > cursor.remaining()) {
      throw tooMuch(start, what + " holds a string of", size, "bytes", 1);
    }
    cursor.skip(size, what);
  }

  private void walkArray(int depth, String what) throws IOException {
    long start = cursor.position();
    if (depth > DEEPEST_ARRAY) {
      throw cursor.damaged(
          start, what + " nests arrays deeper than " + DEEPEST_ARRAY + " levels, the most allowed");
    }
    MetadataType elementType = readType(what);
    long countStart = cursor.position();
    long count = cursor.readLong(what);
    int least = leastBytes(elementType);
    if (count < 0 || count > cursor.remaining() / least) {
      throw tooMuch(
          countStart, what + " holds an array of", count, elementType + " elements", least);
    }
    if (elementType.width() > 0 && elementType != MetadataType.BOOL) {
      cursor.skip(count * least, what);
      return;
    }
    for (long i = 0; i < count; i++) {
      walk(elementType, depth + 1, what);
    }
  }

  /** Bytes that the shortest value of a type takes. */
  private static int leastBytes(MetadataType type) {
    return switch (type) {
      case STRING -> 8;
      case ARRAY -> 4 + 8;
      default -> type.width();
    };
  }

  private GgufException tooMuch(long start, String holder, long count, String units, int each) {
    return cursor.damaged(
        start,
        String.format(
            "%s %s %s, at least %d bytes each, but a header can have only %d more bytes here (file"
                + " of %d bytes)",
            holder,
            Long.toUnsignedString(count),
            units,
            each,
            cursor.remaining(),
            cursor.length()));
  }
}
