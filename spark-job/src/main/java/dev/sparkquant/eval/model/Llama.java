package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Set;

/** Llama 1 to 3, Mistral, Mistral Small, Mixtral. Source: {@code llama_model_llama}. */
final class Llama implements Architecture {

  @Override
  public String name() {
    return "llama";
  }

  @Override
  public RopeStyle ropeStyle() {
    return RopeStyle.NORM;
  }

  @Override
  public boolean allowsRopeFactors() {
    return true;
  }

  @Override
  public FeedForwardKind feedForward() {
    return FeedForwardKind.DENSE_OR_EXPERTS;
  }

  @Override
  public Set<String> optionalBiases() {
    return Set.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");
  }
}
