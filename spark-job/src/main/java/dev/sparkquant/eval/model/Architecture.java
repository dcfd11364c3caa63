package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Set;

/**
 * What distinguishes one architecture's block from another's.
 *
 * <p>What they share: RMS norm, attention with rotary positions and grouped key-value heads,
 * residual, RMS norm, feed-forward network gated by SiLU, residual; and a last RMS norm before the
 * output. Biases are added where a tensor of theirs exists and the architecture knows it.
 */
interface Architecture {

  /** The name in {@code general.architecture}, which also starts the names of its keys. */
  String name();

  RopeStyle ropeStyle();

  /** Whether every query and key head goes through an RMS norm before it is rotated. */
  default boolean normalizesHeads() {
    return false;
  }

  /** Whether a tensor {@code rope_freqs.weight} may divide the rotary frequencies. */
  default boolean allowsRopeFactors() {
    return false;
  }

  FeedForwardKind feedForward();

  /** Tensors of a block, without {@code blk.N.} and {@code .bias}, that may have a bias. */
  Set<String> optionalBiases();

  /** Whether the output may have a bias. */
  default boolean allowsOutputBias() {
    return false;
  }

  /** The feed-forward networks that blocks of an architecture have. */
  enum FeedForwardKind {
    /** One network. */
    DENSE,
    /** Experts, a few of which are picked for each token. */
    EXPERTS,
    /** Experts where the metadata count some, else one network. */
    DENSE_OR_EXPERTS
  }
}
