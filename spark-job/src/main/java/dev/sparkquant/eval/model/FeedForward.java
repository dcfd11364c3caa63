package dev.sparkquant.eval.model;

/** The feed-forward part of a block: down(silu(gate(x)) * up(x)), in one network or in experts. */
sealed interface FeedForward {

  /** One network for all tokens. */
  record Dense(Linear gate, Linear up, Linear down) implements FeedForward {}

  /**
   * Experts, of which every token takes the few that the router gives the highest probabilities.
   * Their matrices are stacked in the tensors' third dimension.
   */
  record Experts(Linear router, TensorRows gate, TensorRows up, TensorRows down)
      implements FeedForward {}
}
