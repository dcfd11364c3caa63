package dev.sparkquant.policy;

import static dev.sparkquant.gguf.GgmlType.Q3_K;
import static dev.sparkquant.gguf.GgmlType.Q4_1;
import static dev.sparkquant.gguf.GgmlType.Q4_K;
import static dev.sparkquant.gguf.GgmlType.Q5_1;
import static dev.sparkquant.gguf.GgmlType.Q5_K;
import static dev.sparkquant.gguf.GgmlType.Q6_K;

import dev.sparkquant.gguf.GgmlType;
import java.util.function.Function;

/**
 * One of {@code llama-quantize}'s mixtures: the types of those tensors that may differ from the
 * rest. What all mixtures share, such as the output tensor, is in {@link MixturePicker}.
 *
 * <p>Source: {@code llama_tensor_get_type_impl} in llama.cpp.
 *
 * @param base the type of all other tensors
 * @param attentionV of {@link TensorCategory#ATTENTION_V}
 * @param attentionOutput of {@link TensorCategory#ATTENTION_OUTPUT}
 * @param ffnDown of {@link TensorCategory#FFN_DOWN}
 * @param tokenEmbedding of token embeddings that do not serve as output too
 */
record Mixture(
    GgmlType base,
    LayerRule attentionV,
    Function<ModelTraits, GgmlType> attentionOutput,
    LayerRule ffnDown,
    GgmlType tokenEmbedding) {

  /** A choice that depends on the layer, the model, and whether there is an importance matrix. */
  @FunctionalInterface
  interface LayerRule {
    GgmlType choose(Layer layer, ModelTraits model, boolean imatrix);
  }

  /** The mixture of a file type: the plain type where llama.cpp makes no exceptions. */
  static Mixture of(FileType fileType) {
    Mixture plain = plain(fileType.defaultType());
    GgmlType base = plain.base;
    return switch (fileType) {
      case Q4_0 -> plain.withFfnDown((l, m, imatrix) -> guarded(l, imatrix, Q4_1, base));
      case Q5_0 -> plain.withFfnDown((l, m, imatrix) -> guarded(l, imatrix, Q5_1, base));
      case Q2_K ->
          plain
              .withAttentionV((l, m, imatrix) -> m.sharesValuesWidely() ? Q4_K : Q3_K)
              .withAttentionOutput(Q3_K, Q5_K)
              .withFfnDown((l, m, imatrix) -> Q3_K);
      case Q2_K_S ->
          plain
              .withAttentionV((l, m, imatrix) -> m.sharesValuesWidely() ? Q4_K : base)
              .withFfnDown((l, m, imatrix) -> l.isInFirstEighth() ? Q4_K : base);
      case Q3_K_S -> plain.withAttentionOutput(base, Q5_K);
      case Q3_K_M ->
          plain
              .withAttentionV((l, m, imatrix) -> l.index() < 2 ? Q5_K : Q4_K)
              .withAttentionOutput(Q4_K, Q5_K)
              .withFfnDown(Mixture::mediumThreeBitDown);
      case Q3_K_L ->
          plain
              .withAttentionV((l, m, imatrix) -> Q5_K)
              .withAttentionOutput(m -> m.isFalcon() ? Q4_K : m.hasEightExperts() ? base : Q5_K)
              .withFfnDown((l, m, imatrix) -> m.isFalcon() ? Q4_K : Q5_K);
      case Q4_K_S ->
          plain
              .withAttentionV((l, m, imatrix) -> l.index() < 4 ? Q5_K : base)
              .withAttentionOutput(base, Q5_K)
              .withFfnDown((l, m, imatrix) -> !m.isFalcon() && l.isInFirstEighth() ? Q5_K : base);
      case Q4_K_M ->
          plain
              .withAttentionV((l, m, imatrix) -> l.deservesMoreBits() ? Q6_K : base)
              .withAttentionOutput(base, Q5_K)
              .withFfnDown(Mixture::mediumFourBitDown);
      case Q5_K_M ->
          plain
              .withAttentionV((l, m, imatrix) -> l.deservesMoreBits() ? Q6_K : base)
              .withFfnDown((l, m, imatrix) -> l.deservesMoreBits() ? Q6_K : base);
      case IQ4_NL, IQ4_XS ->
          plain
              .withAttentionV((l, m, imatrix) -> m.sharesValuesWidely() ? Q5_K : base)
              .withAttentionOutput(base, Q5_K)
              .withFfnDown((l, m, imatrix) -> guarded(l, !imatrix, Q5_K, base));
      case TQ1_0, TQ2_0, Q2_0 -> plain.withTokenEmbedding(Q4_K);
      default -> plain;
    };
  }

  /** The first layers' {@code ffn_down} can go wrong at few bits: give them more. */
  private static GgmlType guarded(Layer layer, boolean guard, GgmlType more, GgmlType base) {
    return guard && layer.isInFirstEighth() ? more : base;
  }

  private static GgmlType mediumThreeBitDown(Layer layer, ModelTraits model, boolean imatrix) {
    if (layer.isInFirstSixteenth()) {
      return Q5_K;
    }
    return !model.isFalcon() || layer.deservesMoreBits() ? Q4_K : Q3_K;
  }

  private static GgmlType mediumFourBitDown(Layer layer, ModelTraits model, boolean imatrix) {
    if (model.isFalcon()) {
      return layer.isInFirstSixteenth() ? Q6_K : layer.deservesMoreBits() ? Q5_K : Q4_K;
    }
    return layer.deservesMoreBits() ? Q6_K : Q4_K;
  }

  private static Mixture plain(GgmlType base) {
    LayerRule same = (layer, model, imatrix) -> base;
    return new Mixture(base, same, model -> base, same, base);
  }

  private Mixture withAttentionV(LayerRule rule) {
    return new Mixture(base, rule, attentionOutput, ffnDown, tokenEmbedding);
  }

  /** Falcon keeps the base; models of eight experts differ from all others. */
  private Mixture withAttentionOutput(GgmlType usual, GgmlType ofEightExperts) {
    return withAttentionOutput(
        model -> model.isFalcon() ? base : model.hasEightExperts() ? ofEightExperts : usual);
  }

  private Mixture withAttentionOutput(Function<ModelTraits, GgmlType> rule) {
    return new Mixture(base, attentionV, rule, ffnDown, tokenEmbedding);
  }

  private Mixture withFfnDown(LayerRule rule) {
    return new Mixture(base, attentionV, attentionOutput, rule, tokenEmbedding);
  }

  private Mixture withTokenEmbedding(GgmlType type) {
    return new Mixture(base, attentionV, attentionOutput, ffnDown, type);
  }
}
