package dev.sparkquant.gguf;

import java.util.Optional;

/** The types of metadata values. Source: {@code enum gguf_type} in ggml. */
public enum MetadataType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  STRING(8, 0),
  ARRAY(9, 0),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private static final MetadataType[] BY_ID = values();

  private final int id;
  private final int width;

  MetadataType(int id, int width) {
    this.id = id;
    this.width = width;
  }

  /** The number that stands for this type in a GGUF header. */
  public int id() {
    return id;
  }

  /** Bytes a value takes, or 0 for strings and arrays, whose size varies. */
  public int width() {
    return width;
  }

  /** Whether values are whole numbers (not bool). */
  public boolean isInteger() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
      case FLOAT32, BOOL, STRING, ARRAY, FLOAT64 -> false;
    };
  }

  /** The type with that number, if there is one. */
  public static Optional<MetadataType> fromId(int id) {
    return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[id]) : Optional.empty();
  }
}
