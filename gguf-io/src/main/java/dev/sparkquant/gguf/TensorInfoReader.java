package dev.sparkquant.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a header says of its tensors, each checked for itself. */
final class TensorInfoReader {
  /** Most tensors accepted in one file. The largest real models have some ten thousand. */
  static final int MOST_TENSORS = 1 << 18;

  /** Longest name, in bytes ({@code GGML_MAX_NAME} less the NUL that ggml appends). */
  static final int LONGEST_NAME = 63;

  /** {@code GGML_MAX_DIMS}. */
  static final int MOST_DIMENSIONS = 4;

  /** Bytes of the shortest info: name length, a byte of name, dimensions, type, offset. */
  static final int SHORTEST_INFO = 8 + 1 + 4 + 4 + 8;

  private final FileCursor cursor;
  private final Set<String> names = new HashSet<>();

  TensorInfoReader(FileCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the info of tensor {@code index}. Its offset is not checked yet. */
  TensorInfo read(int index) throws IOException {
    long start = cursor.position();
    String name = cursor.readName(LONGEST_NAME, "the name of tensor " + index);
    String what = "tensor " + GgufException.quote(name);
    if (!names.add(name)) {
      throw cursor.damaged(start, what + " occurs twice");
    }
    long shapeStart = cursor.position();
    List<Long> dimensions = readDimensions(what);
    GgmlType type = readType(what);
    checkSize(shapeStart, what, dimensions, type);
    return new TensorInfo(name, type, dimensions, cursor.readLong(what));
  }

  private List<Long> readDimensions(String what) throws IOException {
    long start = cursor.position();
    int count = cursor.readInt(what);
    if (count < 0 || count > MOST_DIMENSIONS) {
      throw cursor.damaged(
          start,
          what
              + " has "
              + Integer.toUnsignedString(count)
              + " dimensions, but at most "
              + MOST_DIMENSIONS
              + " are allowed");
    }
    if (count == 0) {
      // ggml takes such a tensor for a single number and writes it back with one dimension.
      return List.of(1L);
    }
    List<Long> dimensions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long dimensionStart = cursor.position();
      long dimension = cursor.readLong(what);
      if (dimension < 1) {
        throw cursor.damaged(
            dimensionStart, what + " has dimension " + i + " of " + dimension + ", less than 1");
      }
      dimensions.add(dimension);
    }
    return dimensions;
  }

  private GgmlType readType(String what) throws IOException {
    long start = cursor.position();
    int id = cursor.readInt(what);
    return GgmlType.fromId(id)
        .orElseThrow(
            () ->
                cursor.damaged(
                    start,
                    what + " has type " + Integer.toUnsignedString(id) + ", " + unsupported(id)));
  }

  private static String unsupported(int id) {
    return switch (id) {
      case 4, 5 -> "one of Q4_2 and Q4_3, which ggml removed: convert the model anew";
      case 9 -> "Q8_1, which ggml uses in computations only, not in files";
      case 15 -> "Q8_K, which ggml uses in computations only, not in files";
      case 31, 32, 33 -> "a repacked Q4_0, which ggml removed: use a file of plain Q4_0";
      case 36, 37, 38 -> "a repacked IQ4_NL, which ggml removed: use a file of plain IQ4_NL";
      default -> "which no ggml type has: the file is damaged or newer than this program";
    };
  }

  private void checkSize(long start, String what, List<Long> dimensions, GgmlType type)
      throws GgufException {
    if (dimensions.get(0) % type.blockLength() != 0) {
      throw cursor.damaged(
          start,
          what
              + " has rows of "
              + dimensions.get(0)
              + " elements, but "
              + type
              + " stores blocks of "
              + type.blockLength());
    }
    try {
      long elements = 1;
      for (long dimension : dimensions) {
        elements = Math.multiplyExact(elements, dimension);
      }
      type.bytes(elements);
    } catch (ArithmeticException e) {
      GgufException overflow =
          cursor.damaged(
              start, what + " of " + dimensions + " elements of " + type + " exceeds 2^63 bytes");
      overflow.initCause(e);
      throw overflow;
    }
  }
}
