package dev.sparkquant.eval.model;

import java.util.Set;

/** Qwen 2 and 2.5. Source: {@code llama_model_qwen2}. */
final class Qwen2 implements Architecture {

  @Override
  public String name() {
    return "qwen2";
  }

  @Override
  public RopePairing ropePairing() {
    return RopePairing.HALVES;
  }

  @Override
  public FeedForwardKind feedForward() {
    return FeedForwardKind.DENSE;
  }

  @Override
  public Set<String> optionalBiases() {
    return Set.of("attn_q", "attn_k", "attn_v");
  }

  @Override
  public boolean allowsOutputBias() {
    return true;
  }
}
