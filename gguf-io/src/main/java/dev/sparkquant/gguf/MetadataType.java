package dev.sparkquant.gguf;

import java.util.Optional;

/** The types of metadata values. Source: {@code enum gguf_type} in ggml. */
public enum MetadataType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private static final MetadataType[] BY_ID = values();

  private final int width;

  MetadataType(int width) {
    this.width = width;
  }

  /** The number that stands for this type in a GGUF header. */
  public int id() {
    return ordinal();
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
