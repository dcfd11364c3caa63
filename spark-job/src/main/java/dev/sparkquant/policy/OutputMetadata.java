package dev.sparkquant.policy;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The metadata of a quantized file: the input's, in order, and behind it what changed.
 *
 * <p>Source: {@code llama_model_quantize_impl} and {@code tools/quantize} in llama.cpp.
 */
public final class OutputMetadata {
  private static final long QUANTIZATION_VERSION = 2;

  private OutputMetadata() {}

  /**
   * The metadata of an output of one shard, or of the first shard before {@link #shard}.
   *
   * @param input metadata of the input, of its first shard if there are several
   * @param fileType from {@link Assignments#fileType}
   * @param imatrix what to record of an importance matrix, in order; empty without one
   * @param pruning of layers, which changes their count
   */
  public static Metadata of(
      Metadata input,
      long fileType,
      List<MetadataOverride> overrides,
      Map<String, MetadataValue> imatrix,
      LayerPruning pruning,
      ModelTraits traits) {
    Metadata metadata =
        input
            .without("split.no")
            .without("split.count")
            .without("split.tensors.count")
            .with("general.quantization_version", MetadataValue.ofUint32(QUANTIZATION_VERSION))
            .with("general.file_type", MetadataValue.ofUint32(fileType));
    metadata = MetadataOverride.applyAll(overrides, metadata);
    for (Map.Entry<String, MetadataValue> pair : imatrix.entrySet()) {
      metadata = metadata.with(pair.getKey(), pair.getValue());
    }
    OptionalInt blockCount = pruning.blockCount();
    return blockCount.isPresent()
        ? metadata.with(
            traits.architecture() + ".block_count", MetadataValue.ofUint32(blockCount.getAsInt()))
        : metadata;
  }

  /**
   * The metadata of one of several shards: all of it in the first, in every one where it belongs.
   *
   * @param whole from {@link #of}
   * @param number 0 for the first
   * @param tensors in all shards together
   */
  public static Metadata shard(Metadata whole, int number, int count, int tensors) {
    return (number == 0 ? whole : Metadata.empty())
        .with("split.no", MetadataValue.ofUint16(number))
        .with("split.count", MetadataValue.ofUint16(count))
        .with("split.tensors.count", MetadataValue.ofInt32(tensors));
  }
}
