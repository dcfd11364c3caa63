package dev.sparkquant.eval.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tensors of one layer.
 *
 * @param queryNorm weight of the RMS norm over every query head, where the architecture has one
 * @param keyNorm the same for key heads
 */
record Block(
    TensorRows attentionNorm,
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    Optional<TensorRows> queryNorm,
    Optional<TensorRows> keyNorm,
    TensorRows feedForwardNorm,
    FeedForward feedForward) {

  static Block of(
      TensorCatalog catalog, Architecture architecture, HyperParameters parameters, int layer) {
    Finder finder = new Finder(catalog, architecture, "blk." + layer + ".");
    int embedding = parameters.embedding();
    return new Block(
        finder.weight("attn_norm", embedding),
        finder.linear("attn_q", embedding, parameters.queryLength()),
        finder.linear("attn_k", embedding, parameters.keysLength()),
        finder.linear("attn_v", embedding, parameters.valuesLength()),
        finder.linear("attn_output", parameters.attentionLength(), embedding),
        finder.headNorm("attn_q_norm", parameters.keyLength()),
        finder.headNorm("attn_k_norm", parameters.keyLength()),
        finder.weight("ffn_norm", embedding),
        finder.feedForward(parameters));
  }

  /** All of them. */
  List<TensorRows> tensors() {
    List<TensorRows> tensors = new ArrayList<>();
    tensors.add(attentionNorm);
    for (Linear linear : List.of(query, key, value, output)) {
      tensors.addAll(linear.tensors());
    }
    queryNorm.ifPresent(tensors::add);
    keyNorm.ifPresent(tensors::add);
    tensors.add(feedForwardNorm);
    tensors.addAll(feedForward.tensors());
    return tensors;
  }

  /** Finds the tensors of one layer. */
  private record Finder(TensorCatalog catalog, Architecture architecture, String prefix) {

    TensorRows weight(String name, long... shape) {
      return catalog.get(prefix + name + ".weight", shape);
    }

    Linear linear(String name, int inputs, int outputs) {
      Optional<TensorRows> bias =
          architecture.optionalBiases().contains(name)
              ? catalog.find(prefix + name + ".bias", outputs)
              : Optional.empty();
      return new Linear(weight(name, inputs, outputs), bias);
    }

    Optional<TensorRows> headNorm(String name, int length) {
      return architecture.normalizesHeads() ? Optional.of(weight(name, length)) : Optional.empty();
    }

    FeedForward feedForward(HyperParameters parameters) {
      int embedding = parameters.embedding();
      int inner = parameters.feedForward();
      if (parameters.experts().isEmpty()) {
        return new FeedForward.Dense(
            linear("ffn_gate", embedding, inner),
            linear("ffn_up", embedding, inner),
            linear("ffn_down", inner, embedding));
      }
      int experts = parameters.experts().get().count();
      return new FeedForward.Experts(
          weight("ffn_gate_inp", embedding, experts),
          weight("ffn_gate_exps", embedding, inner, experts),
          weight("ffn_up_exps", embedding, inner, experts),
          weight("ffn_down_exps", inner, embedding, experts));
    }
  }
}
