package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metadata from lines of text, through the bytes of a header. */
final class MetadataText {
  private static final List<String> TYPES =
      List.of(
          "u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "str", "arr", "u64", "i64", "f64");

  private MetadataText() {}

  /** One pair: a type is that of a number, {@code str}, or {@code arr:} and an element type. */
  record Pair(String key, String type, String value) {}

  static Metadata of(List<Pair> pairs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(little(4).putInt(3).array());
    out.writeBytes(little(16).putLong(0).putLong(pairs.size()).array());
    for (Pair pair : pairs) {
      out.writeBytes(string(pair.key));
      if (pair.type.startsWith("arr:")) {
        String element = pair.type.substring(4);
        String[] items = pair.value.split(" ", -1);
        out.writeBytes(little(4).putInt(MetadataType.ARRAY.id()).array());
        out.writeBytes(little(12).putInt(typeId(element)).putLong(items.length).array());
        for (String item : items) {
          out.writeBytes(value(element, item));
        }
      } else {
        out.writeBytes(little(4).putInt(typeId(pair.type)).array());
        out.writeBytes(value(pair.type, pair.value));
      }
    }
    try {
      return GgufReader.read(new Bytes(ByteBuffer.wrap(out.toByteArray()))).metadata();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int typeId(String type) {
    return TYPES.indexOf(type);
  }

  private static byte[] value(String type, String text) {
    return switch (type) {
      case "str" -> string(text);
      case "bool" -> new byte[] {(byte) (Boolean.parseBoolean(text) ? 1 : 0)};
      case "f32" -> little(4).putFloat(Float.parseFloat(text)).array();
      case "u16" -> little(2).putShort((short) Integer.parseInt(text)).array();
      case "u32", "i32" -> little(4).putInt((int) Long.parseLong(text)).array();
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static byte[] string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return little(8 + utf8.length).putLong(utf8.length).put(utf8).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Bytes(ByteBuffer bytes) implements SeekableInput {
    @Override
    public String name() {
      return "header";
    }

    @Override
    public long length() {
      return bytes.limit();
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length)
        throws EOFException {
      if (position + length > bytes.limit()) {
        throw new EOFException();
      }
      bytes.get((int) position, buffer, offset, length);
    }

    @Override
    public void close() {}
  }
}
