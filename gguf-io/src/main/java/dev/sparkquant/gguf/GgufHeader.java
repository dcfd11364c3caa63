package dev.sparkquant.gguf;

import java.nio.ByteOrder;
import java.util.List;

/**
 * The header of one GGUF file: everything before the tensor data.
 *
 * @param version 2 or 3
 * @param byteOrder of the header and of the tensor data
 * @param alignment of each tensor's data, a power of two
 * @param dataOffset where the data section starts in the file, in bytes
 */
public record GgufHeader(
    int version,
    ByteOrder byteOrder,
    Metadata metadata,
    List<TensorInfo> tensors,
    int alignment,
    long dataOffset) {

  /** The alignment of files that do not state one ({@code GGUF_DEFAULT_ALIGNMENT}). */
  public static final int DEFAULT_ALIGNMENT = 32;

  public GgufHeader {
    tensors = List.copyOf(tensors);
  }
}
