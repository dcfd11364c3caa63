package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeStyle;
import java.util.Set;

/** Qwen 3 with experts. Source: {@code llama_model_qwen3moe}. */
final class Qwen3Moe implements Architecture {

  @Override
  public String name() {
    return "qwen3moe";
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
    return FeedForwardKind.EXPERTS;
  }

  @Override
  public Set<String> optionalBiases() {
    return Set.of("attn_q", "attn_k", "attn_v");
  }
}
