package dev.sparkquant.policy;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
   * What the header says of an importance matrix.
   *
   * @param file its name as given
   * @param dataset the first text it was made from, if it names any
   * @param entries in use
   * @param chunks it was made from; 0 or less if unknown
   */
  public record Imatrix(String file, Optional<String> dataset, int entries, int chunks) {}

  /**
   * The metadata of an output of one shard, or of the first shard before {@link #shard}.
   *
   * @param input metadata of the input, of its first shard if there are several
   * @param fileType from {@link Assignments#fileType}
   * @param pruning of layers, which changes their count
   */
  public static Metadata of(
      Metadata input,
      long fileType,
      List<MetadataOverride> overrides,
      Optional<Imatrix> imatrix,
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
    if (imatrix.isPresent()) {
      metadata = describe(imatrix.get(), metadata);
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

  private static Metadata describe(Imatrix imatrix, Metadata metadata) {
    Metadata described = metadata.with("quantize.imatrix.file", shortened(imatrix.file()));
    if (imatrix.dataset().isPresent()) {
      described = described.with("quantize.imatrix.dataset", shortened(imatrix.dataset().get()));
    }
    described =
        described.with("quantize.imatrix.entries_count", MetadataValue.ofUint32(imatrix.entries()));
    return imatrix.chunks() > 0
        ? described.with("quantize.imatrix.chunks_count", MetadataValue.ofUint32(imatrix.chunks()))
        : described;
  }

  /** The string cut to what llama.cpp has room for, at a character. */
  private static MetadataValue shortened(String text) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MetadataOverride.MAX_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return MetadataValue.ofString(cut);
  }
}
