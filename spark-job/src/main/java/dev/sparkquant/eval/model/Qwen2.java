package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Set;

/** Qwen 2 and 2.5. Source: {@code llama_model_qwen2}. */
final class Qwen2 implements Architecture {

  @Override
  public String name() {
    return "qwen2";
  }

  @Override
  public RopeStyle ropeStyle() {
    return RopeStyle.NEOX;
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
