package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Set;

/** Qwen 3. Source: {@code llama_model_qwen3}. */
final class Qwen3 implements Architecture {

  @Override
  public String name() {
    return "qwen3";
  }

  @Override
  public RopeStyle ropeStyle() {
    return RopeStyle.NEOX;
  }

  @Override
  public boolean normalizesHeads() {
    return true;
  }

  @Override
  public FeedForwardKind feedForward() {
    return FeedForwardKind.DENSE;
  }

  @Override
  public Set<String> optionalBiases() {
    return Set.of("attn_q", "attn_k", "attn_v");
  }
}
