package dev.sparkquant.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One metadata value, kept as the bytes that a little-endian GGUF file holds for it.
 *
 * <p>Keeping bytes makes copying exact (strings need not be valid UTF-8, float payloads survive)
 * and bounds memory by the header's size; the accessors decode on demand and throw {@link
 * IllegalStateException} when the value is of another type.
 */
public final class MetadataValue {
  private final MetadataType type;
  private final byte[] payload;

  /**
   * Wraps bytes already checked to be a value of that type.
   *
   * @param payload the value as in a version 3 little-endian file, without its type number: for a
   *     string its u64 length and bytes, for an array its u32 element type, u64 count and elements
   */
  MetadataValue(MetadataType type, byte[] payload) {
    this.type = type;
    this.payload = payload;
  }

  public static MetadataValue ofUint16(int value) {
    return new MetadataValue(MetadataType.UINT16, allocate(2).putShort((short) value).array());
  }

  public static MetadataValue ofUint32(long value) {
    return new MetadataValue(MetadataType.UINT32, allocate(4).putInt((int) value).array());
  }

  public static MetadataValue ofInt32(int value) {
    return new MetadataValue(MetadataType.INT32, allocate(4).putInt(value).array());
  }

  public static MetadataValue ofFloat32(float value) {
    return new MetadataValue(MetadataType.FLOAT32, allocate(4).putFloat(value).array());
  }

  public static MetadataValue ofBool(boolean value) {
    return new MetadataValue(MetadataType.BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  public static MetadataValue ofString(String value) {
    return ofString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A string of these bytes, which need not be valid UTF-8. */
  public static MetadataValue ofString(byte[] bytes) {
    return new MetadataValue(
        MetadataType.STRING, allocate(8 + bytes.length).putLong(bytes.length).put(bytes).array());
  }

  /** An array of strings. */
  public static MetadataValue ofStrings(List<String> values) {
    List<byte[]> encoded = new ArrayList<>(values.size());
    int size = 12;
    for (String value : values) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      encoded.add(utf8);
      size += 8 + utf8.length;
    }
    ByteBuffer out = allocate(size).putInt(MetadataType.STRING.id()).putLong(values.size());
    for (byte[] utf8 : encoded) {
      out.putLong(utf8.length).put(utf8);
    }
    return new MetadataValue(MetadataType.ARRAY, out.array());
  }

  public MetadataType type() {
    return type;
  }

  /** Bytes this value takes in a file, without its type number. */
  public int size() {
    return payload.length;
  }

  /** The value of any integer type; unsigned 64-bit values beyond the range appear negative. */
  public long asLong() {
    if (!type.isInteger()) {
      throw wrongType("an integer");
    }
    return integerAt(buffer(), 0, type);
  }

  /** The value of a float type. */
  public double asDouble() {
    return switch (type) {
      case FLOAT32 -> buffer().getFloat(0);
      case FLOAT64 -> buffer().getDouble(0);
      default -> throw wrongType("a float");
    };
  }

  public boolean asBool() {
    if (type != MetadataType.BOOL) {
      throw wrongType("a bool");
    }
    return payload[0] != 0;
  }

  /** The string; bytes that are not UTF-8 come out as replacement characters. */
  public String asString() {
    if (type != MetadataType.STRING) {
      throw wrongType("a string");
    }
    return new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8);
  }

  /** The type of an array's elements. */
  public MetadataType elementType() {
    requireArray();
    return MetadataType.fromId(buffer().getInt(0)).orElseThrow();
  }

  /** The number of an array's elements. */
  public int count() {
    requireArray();
    return Math.toIntExact(buffer().getLong(4));
  }

  /** The elements of an array of strings. */
  public List<String> asStrings() {
    if (type != MetadataType.ARRAY || elementType() != MetadataType.STRING) {
      throw wrongType("an array of strings");
    }
    List<String> strings = new ArrayList<>(count());
    for (MetadataValue element : elements()) {
      strings.add(element.asString());
    }
    return strings;
  }

  /** The elements of an array of any integer type. */
  public long[] asLongs() {
    if (type != MetadataType.ARRAY || !elementType().isInteger()) {
      throw wrongType("an array of integers");
    }
    MetadataType elementType = elementType();
    ByteBuffer buffer = buffer();
    long[] values = new long[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integerAt(buffer, 12 + i * elementType.width(), elementType);
    }
    return values;
  }

  /** The elements of any array, nested arrays included. */
  public List<MetadataValue> elements() {
    MetadataType elementType = elementType();
    ByteBuffer buffer = buffer();
    List<MetadataValue> elements = new ArrayList<>(count());
    int position = 12;
    for (int i = 0, n = count(); i < n; i++) {
      int size = sizeAt(buffer, position, elementType);
      elements.add(
          new MetadataValue(elementType, Arrays.copyOfRange(payload, position, position + size)));
      position += size;
    }
    return elements;
  }

  /** The value as a little-endian file holds it. The caller must not change the array. */
  byte[] payload() {
    return payload;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetadataValue value
        && type == value.type
        && Arrays.equals(payload, value.payload);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(payload);
  }

  /** Numbers and strings as such, an array as its element type and count. */
  @Override
  public String toString() {
    return switch (type) {
      case STRING -> asString();
      case BOOL -> Boolean.toString(asBool());
      case FLOAT32 -> Float.toString(buffer().getFloat(0));
      case FLOAT64 -> Double.toString(asDouble());
      case UINT64 -> Long.toUnsignedString(asLong());
      case ARRAY -> elementType() + "[" + count() + "]";
      default -> Long.toString(asLong());
    };
  }

  private static long integerAt(ByteBuffer buffer, int position, MetadataType type) {
    return switch (type) {
      case UINT8 -> buffer.get(position) & 0xFFL;
      case INT8 -> buffer.get(position);
      case UINT16 -> buffer.getShort(position) & 0xFFFFL;
      case INT16 -> buffer.getShort(position);
      case UINT32 -> buffer.getInt(position) & 0xFFFFFFFFL;
      case INT32 -> buffer.getInt(position);
      default -> buffer.getLong(position);
    };
  }

  private static int sizeAt(ByteBuffer buffer, int position, MetadataType type) {
    return switch (type) {
      case STRING -> 8 + (int) buffer.getLong(position);
      case ARRAY -> {
        MetadataType elementType = MetadataType.fromId(buffer.getInt(position)).orElseThrow();
        long count = buffer.getLong(position + 4);
        int end = position + 12;
        if (elementType.width() > 0) {
          end += (int) count * elementType.width();
        } else {
          for (long i = 0; i < count; i++) {
            end += sizeAt(buffer, end, elementType);
          }
        }
        yield end - position;
      }
      default -> type.width();
    };
  }

  private void requireArray() {
    if (type != MetadataType.ARRAY) {
      throw wrongType("an array");
    }
  }

  private IllegalStateException wrongType(String wanted) {
    return new IllegalStateException("Metadata value is " + type + ", not " + wanted);
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
