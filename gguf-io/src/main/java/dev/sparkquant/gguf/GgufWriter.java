package dev.sparkquant.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes GGUF headers as ggml's {@code gguf_write_to_buf} does: version 3, little-endian. */
public final class GgufWriter {
  private static final int VERSION = 3;

  private GgufWriter() {}

  /**
   * The header of a file, padded with zeros to the alignment that the metadata state, so that its
   * length is where the data section starts.
   *
   * <p>Trailing dimensions of 1 are left out, as {@code ggml_n_dims} does.
   *
   * @param tensors in file order, placed by {@link TensorLayout}
   * @throws IllegalArgumentException if {@link GgufReader} would not accept the header: a key or
   *     name that is empty, too long or not unique, or an offset that does not follow from the
   *     tensors before
   */
  public static byte[] header(Metadata metadata, List<TensorInfo> tensors) {
    int alignment = metadata.alignment();
    check(metadata, tensors, alignment);
    long size = 4 + 4 + 8 + 8;
    for (Map.Entry<String, MetadataValue> pair : metadata.pairs().entrySet()) {
      size += 8 + utf8(pair.getKey()).length + 4 + pair.getValue().size();
    }
    for (TensorInfo tensor : tensors) {
      size += 8 + utf8(tensor.name()).length + 4 + 8L * tensor.rank() + 4 + 8;
    }
    if (size > HeaderParser.LARGEST_HEADER) {
      throw new IllegalArgumentException(
          "Cannot write header of " + size + " bytes: at most " + HeaderParser.LARGEST_HEADER);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(Alignment.pad(size, alignment)));
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.put(utf8("GGUF")).putInt(VERSION).putLong(tensors.size()).putLong(metadata.pairs().size());
    metadata.pairs().forEach((key, value) -> putPair(out, key, value));
    tensors.forEach(tensor -> putTensor(out, tensor));
    return out.array();
  }

  private static void putPair(ByteBuffer out, String key, MetadataValue value) {
    putString(out, key);
    out.putInt(value.type().id()).put(value.payload());
  }

  private static void putTensor(ByteBuffer out, TensorInfo tensor) {
    putString(out, tensor.name());
    int rank = tensor.rank();
    out.putInt(rank);
    for (int i = 0; i < rank; i++) {
      out.putLong(tensor.dimension(i));
    }
    out.putInt(tensor.type().id()).putLong(tensor.offset());
  }

  private static void putString(ByteBuffer out, String string) {
    byte[] utf8 = utf8(string);
    out.putLong(utf8.length).put(utf8);
  }

  private static void check(Metadata metadata, List<TensorInfo> tensors, int alignment) {
    metadata
        .pairs()
        .keySet()
        .forEach(key -> checkName("metadata key", key, MetadataReader.LONGEST_KEY));
    Set<String> names = new HashSet<>();
    List<TensorInfo> placed = TensorLayout.of(tensors, alignment).tensors();
    for (int i = 0; i < tensors.size(); i++) {
      TensorInfo tensor = tensors.get(i);
      checkName("tensor name", tensor.name(), TensorInfoReader.LONGEST_NAME);
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException("Cannot write tensor '" + tensor.name() + "' twice");
      }
      if (tensor.offset() != placed.get(i).offset()) {
        throw new IllegalArgumentException(
            String.format(
                "Cannot write tensor '%s' at offset %d: it must be at %d",
                tensor.name(), tensor.offset(), placed.get(i).offset()));
      }
    }
  }

  private static void checkName(String what, String name, int longest) {
    int size = utf8(name).length;
    if (size == 0 || size > longest || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "Cannot write %s '%s': it must have 1 to %d bytes and no NUL", what, name, longest));
    }
  }

  private static byte[] utf8(String string) {
    return string.getBytes(StandardCharsets.UTF_8);
  }
}
