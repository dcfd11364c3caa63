package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeScaling;
import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Optional;

/**
 * The sizes and constants of a model, as {@code llama_model::load_hparams} reads them.
 *
 * @param embedding elements of a hidden state
 * @param heads query heads
 * @param keyValueHeads key heads and value heads, each shared by several query heads
 * @param keyLength elements of a query or key head
 * @param valueLength elements of a value head
 * @param feedForward elements inside the feed-forward network, or inside one expert
 * @param experts how many there are and how many a token takes; nothing if there is one network
 * @param normEpsilon added to the mean square in RMS norms
 * @param ropeDimensions elements of a query or key head that are rotated, the first ones
 */
public record HyperParameters(
    int layers,
    int embedding,
    int heads,
    int keyValueHeads,
    int keyLength,
    int valueLength,
    int feedForward,
    Optional<Experts> experts,
    float normEpsilon,
    RopeStyle ropeStyle,
    int ropeDimensions,
    RopeScaling ropeScaling) {

  /** Elements of the longest state that an int product with a token count must stand. */
  private static final int LONGEST_STATE = 1 << 26;

  /**
   * @param count experts of a layer
   * @param used experts that a token takes
   */
  public record Experts(int count, int used) {}

  /** Elements of all query heads. */
  public int queryLength() {
    return heads * keyLength;
  }

  /** Elements of all key heads. */
  public int keysLength() {
    return keyValueHeads * keyLength;
  }

  /** Elements of all value heads. */
  public int valuesLength() {
    return keyValueHeads * valueLength;
  }

  /** Elements that the heads put out. */
  public int attentionLength() {
    return heads * valueLength;
  }

  private long longest() {
    return Math.max((long) heads * Math.max(keyLength, valueLength), feedForward);
  }

  static HyperParameters read(ArchitectureKeys keys, Architecture architecture) {
    int embedding = keys.size("embedding_length");
    int heads = keys.size("attention.head_count");
    int keyLength = keys.optionalSize("attention.key_length").orElse(embedding / heads);
    Optional<Experts> experts = experts(keys, architecture.feedForward());
    HyperParameters parameters =
        new HyperParameters(
            keys.size("block_count"),
            embedding,
            heads,
            keys.optionalSize("attention.head_count_kv").orElse(heads),
            keyLength,
            keys.optionalSize("attention.value_length").orElse(embedding / heads),
            feedForward(keys, architecture.feedForward(), experts),
            experts,
            keys.number("attention.layer_norm_rms_epsilon"),
            architecture.ropeStyle(),
            keys.optionalSize("rope.dimension_count").orElse(keyLength),
            RopeMetadata.read(keys, keys.size("context_length")));
    parameters.check(keys.model());
    return parameters;
  }

  private static Optional<Experts> experts(
      ArchitectureKeys keys, Architecture.FeedForwardKind kind) {
    boolean some =
        switch (kind) {
          case DENSE -> false;
          case EXPERTS -> true;
          case DENSE_OR_EXPERTS -> keys.optionalSize("expert_count").isPresent();
        };
    return some
        ? Optional.of(new Experts(keys.size("expert_count"), keys.size("expert_used_count")))
        : Optional.empty();
  }

  private static int feedForward(
      ArchitectureKeys keys, Architecture.FeedForwardKind kind, Optional<Experts> experts) {
    if (kind != Architecture.FeedForwardKind.EXPERTS) {
      return keys.size("feed_forward_length");
    }
    return keys.optionalSize("expert_feed_forward_length")
        .orElseGet(() -> keys.size("feed_forward_length") / experts.orElseThrow().used());
  }

  private void check(String model) {
    if (keyLength < 1 || valueLength < 1 || feedForward < 1 || longest() > LONGEST_STATE) {
      throw new ModelException(
          model,
          String.format(
              "%d heads of %d and %d elements and networks of %d are out of range",
              heads, keyLength, valueLength, feedForward));
    }
    if (heads % keyValueHeads != 0) {
      throw new ModelException(
          model,
          String.format(
              "its %d query heads cannot share %d key-value heads", heads, keyValueHeads));
    }
    if (ropeDimensions > keyLength || ropeDimensions % 2 != 0) {
      throw new ModelException(
          model,
          String.format(
              "rotary embedding of %d elements does not fit heads of %d",
              ropeDimensions, keyLength));
    }
    if (experts.isPresent() && experts.get().used() > experts.get().count()) {
      throw new ModelException(
          model,
          String.format(
              "a token takes %d of %d experts", experts.get().used(), experts.get().count()));
    }
  }
}
