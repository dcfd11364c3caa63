package dev.sparkquant.policy;

import dev.sparkquant.gguf.Metadata;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a model's header says that mixtures and schemes depend on.
 *
 * <p>Source: {@code llama_model_base::load_hparams} and the {@code load_arch_hparams} of each
 * architecture in llama.cpp.
 *
 * @param architecture {@code general.architecture}, empty if the file has none
 * @param blockCount layers as mixtures count them: what the metadata says, 0 if it says nothing;
 *     pruning does not change it
 * @param layers that schemes count: those that exist, without the ones for multi-token prediction
 * @param predictionLayers for multi-token prediction, numbered behind the others
 * @param headCount attention heads of the first layer
 * @param kvHeadCount key-value heads of the first layer
 * @param expertCount 0 for dense models
 * @param tiedEmbeddings whether the token embeddings serve as output too
 */
public record ModelTraits(
    String architecture,
    int blockCount,
    int layers,
    int predictionLayers,
    int headCount,
    int kvHeadCount,
    int expertCount,
    boolean tiedEmbeddings) {

  /**
   * Reads the traits of a model.
   *
   * @param metadata of the input
   * @param overrides of metadata, which change what llama.cpp sees too
   * @param tensorNames of all tensors of the input
   */
  public static ModelTraits of(
      Metadata metadata, List<MetadataOverride> overrides, Collection<String> tensorNames) {
    ModelKeys keys = new ModelKeys(metadata, overrides);
    int heads = keys.ofFirstLayer("attention.head_count").orElse(0);
    int prediction = keys.whole("nextn_predict_layers").orElse(0);
    OptionalInt blocks = keys.whole("block_count");
    int layers =
        blocks.isPresent() ? Math.max(blocks.getAsInt() - prediction, 0) : countBlocks(tensorNames);
    return new ModelTraits(
        keys.architecture(),
        blocks.orElse(0),
        layers,
        prediction,
        heads,
        keys.ofFirstLayer("attention.head_count_kv").orElse(heads),
        keys.whole("expert_count").orElse(0),
        !tensorNames.contains("output.weight"));
  }

  /** The traits once layers are pruned. */
  public ModelTraits prunedBy(LayerPruning pruning) {
    return new ModelTraits(
        architecture,
        blockCount,
        layers - pruning.prunedBetween(0, layers),
        predictionLayers - pruning.prunedBetween(layers, layers + predictionLayers),
        headCount,
        kvHeadCount,
        expertCount,
        tiedEmbeddings);
  }

  /** Whether the mixtures' exceptions for Falcon apply. */
  boolean isFalcon() {
    return architecture.equals("falcon");
  }

  boolean hasExperts() {
    return expertCount > 1;
  }

  /** Whether the mixtures' exceptions for Mixtral's number of experts apply. */
  boolean hasEightExperts() {
    return expertCount == 8;
  }

  /** Whether at least four query heads share a value head, so that more bits cost little. */
  boolean sharesValuesWidely() {
    return kvHeadCount > 0 && headCount / kvHeadCount >= 4;
  }

  /** Whether llama.cpp takes the model for one of 70 billion weights. */
  boolean is70B() {
    int depth = blockCount - predictionLayers;
    return switch (architecture) {
      case "llama", "llama-embed" -> depth == 80 && headCount != kvHeadCount;
      case "qwen2", "olmo", "deci" -> depth == 80;
      case "jais2" -> depth == 68;
      default -> false;
    };
  }

  private static int countBlocks(Collection<String> tensorNames) {
    int highest = -1;
    for (String name : tensorNames) {
      highest = Math.max(highest, BlockNumber.of(name).orElse(-1));
    }
    return highest + 1;
  }
}
