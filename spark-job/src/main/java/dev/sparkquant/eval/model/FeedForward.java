package dev.sparkquant.eval.model;

import java.util.List;
import java.util.stream.Stream;

/** The feed-forward part of a block: down(silu(gate(x)) * up(x)), in one network or in experts. */
sealed interface FeedForward {

  /** All its tensors. */
  List<TensorRows> tensors();

  /** One network for all tokens. */
  record Dense(Linear gate, Linear up, Linear down) implements FeedForward {

    @Override
    public List<TensorRows> tensors() {
      return Stream.of(gate, up, down).flatMap(linear -> linear.tensors().stream()).toList();
    }
  }

  /**
   * Experts, of which every token takes the few that the router gives the highest probabilities.
   * Their matrices are stacked in the tensors' third dimension.
   */
  record Experts(TensorRows router, TensorRows gate, TensorRows up, TensorRows down)
      implements FeedForward {

    @Override
    public List<TensorRows> tensors() {
      return List.of(router, gate, up, down);
    }
  }
}
