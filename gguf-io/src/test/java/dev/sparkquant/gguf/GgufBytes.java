package dev.sparkquant.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes GGUF files field by field, in either byte order, sound or not. It shares no code with
 * {@link GgufWriter}.
 */
public final class GgufBytes {
  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public GgufBytes(ByteOrder order) {
    this.order = order;
  }

  public static GgufBytes littleEndian() {
    return new GgufBytes(ByteOrder.LITTLE_ENDIAN);
  }

  /** Magic, version and counts. */
  public GgufBytes start(int version, long tensors, long pairs) {
    return raw("GGUF").u32(version).u64(tensors).u64(pairs);
  }

  public GgufBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public GgufBytes raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  public GgufBytes u8(int value) {
    out.write(value);
    return this;
  }

  public GgufBytes u16(int value) {
    return raw(buffer(2).putShort((short) value).array());
  }

  public GgufBytes u32(int value) {
    return raw(buffer(4).putInt(value).array());
  }

  public GgufBytes u64(long value) {
    return raw(buffer(8).putLong(value).array());
  }

  public GgufBytes f32(float value) {
    return u32(Float.floatToRawIntBits(value));
  }

  public GgufBytes f64(double value) {
    return u64(Double.doubleToRawLongBits(value));
  }

  public GgufBytes string(String value) {
    return string(value.getBytes(StandardCharsets.UTF_8));
  }

  public GgufBytes string(byte... value) {
    return u64(value.length).raw(value);
  }

  /** A key and the type of its value, which the caller appends. */
  public GgufBytes key(String key, MetadataType type) {
    return string(key).u32(type.id());
  }

  /** The head of an array, whose elements the caller appends. */
  public GgufBytes array(MetadataType elementType, long count) {
    return u32(elementType.id()).u64(count);
  }

  public GgufBytes tensor(String name, int type, long offset, long... dimensions) {
    string(name).u32(dimensions.length);
    for (long dimension : dimensions) {
      u64(dimension);
    }
    return u32(type).u64(offset);
  }

  public GgufBytes zeros(int count) {
    return raw(new byte[count]);
  }

  public GgufBytes padTo(int alignment) {
    return zeros(Math.floorMod(-size(), alignment));
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }
}
