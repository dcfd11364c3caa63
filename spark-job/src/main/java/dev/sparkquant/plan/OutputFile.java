package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import java.util.List;

/**
 * A file to be written: a whole model, or one shard of it.
 *
 * @param scheme whose types it holds
 * @param path where it is to stand in the end
 * @param tensors in file order
 * @param dataStart length of the header, where the data section starts
 * @param length of the whole file in bytes, padding included
 */
public record OutputFile(
    String scheme,
    String path,
    Metadata metadata,
    List<OutputTensor> tensors,
    long dataStart,
    long length) {

  public OutputFile {
    tensors = List.copyOf(tensors);
  }

  /** The file's first bytes, up to the data section. */
  public byte[] header() {
    return GgufWriter.header(metadata, tensors.stream().map(OutputTensor::info).toList());
  }
}
