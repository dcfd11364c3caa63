package dev.sparkquant.policy;

import dev.sparkquant.gguf.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether a tensor's type may change at all. Others are copied as they are, whatever options and
 * rules say.
 *
 * <p>Source: {@code tensor_allows_quantization} in llama.cpp.
 */
final class QuantizableTensor {
  /** Not matrices of a product, too small to matter, or too delicate. */
  private static final List<String> EXCLUDED_PARTS =
      List.of(
          "_norm.weight",
          // routing of tokens to experts
          "ffn_gate_inp.weight",
          "ffn_gate_tid2eid.weight",
          // Gemma 3n
          "altup",
          "laurel",
          "per_layer_model_proj",
          // convolutions of state-space and convolutional layers
          "ssm_conv1d",
          "shortconv.conv.weight",
          // MiniMax's indexer
          "indexer.k_proj.weight",
          "indexer.q_proj.weight",
          // RWKV's small matrices
          "time_mix_first.weight",
          "time_mix_w0.weight",
          "time_mix_w1.weight",
          "time_mix_w2.weight",
          "time_mix_v0.weight",
          "time_mix_v1.weight",
          "time_mix_v2.weight",
          "time_mix_a0.weight",
          "time_mix_a1.weight",
          "time_mix_a2.weight",
          "time_mix_g1.weight",
          "time_mix_g2.weight",
          "time_mix_decay_w1.weight",
          "time_mix_decay_w2.weight",
          "time_mix_lerp_fused.weight",
          // relative positions of T5
          "attn_rel_b.weight",
          // pictures and sound
          ".position_embd",
          "sam.pos_embd",
          "sam.neck.",
          "sam.net_",
          ".rel_pos",
          ".patch_embd",
          ".patch_merger",
          "a.rvq.codebook",
          "mm.a.code_embd");

  private static final List<String> EXCLUDED_NAMES =
      List.of("position_embd.weight", "token_types.weight");

  private QuantizableTensor() {}

  static boolean test(TensorInfo tensor) {
    return tensor.rank() >= 2 && test(tensor.name());
  }

  private static boolean test(String name) {
    return isWeight(name)
        && !EXCLUDED_NAMES.contains(name)
        && EXCLUDED_PARTS.stream().noneMatch(name::contains);
  }

  /**
   * A name that ends in {@code weight}; llama.cpp's way of asking also says yes to every name of
   * five bytes.
   */
  private static boolean isWeight(String name) {
    return name.endsWith("weight") || name.getBytes(StandardCharsets.UTF_8).length == 5;
  }
}
