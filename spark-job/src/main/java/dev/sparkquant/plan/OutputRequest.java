package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import java.util.List;

/**
 * A model to be written, as its scheme decided it.
 *
 * @param scheme name of the scheme
 * @param path of the file; with {@code keepSplit}, shards get their numbers before its extension
 * @param metadata of the file, or of its first shard
 * @param tensors in the order of the file
 * @param keepSplit whether tensors stay in the shard they came from
 */
public record OutputRequest(
    String scheme, String path, Metadata metadata, List<Wanted> tensors, boolean keepSplit) {

  /**
   * A tensor wanted.
   *
   * @param source index into the model's tensors
   * @param name in the output
   */
  public record Wanted(int source, String name, GgmlType type) {}

  public OutputRequest {
    tensors = List.copyOf(tensors);
  }
}
