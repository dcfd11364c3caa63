package dev.sparkquant.policy;

/**
 * The kinds of tensors that mixtures tell apart. Broader than {@link TensorRole}, and found the way
 * llama.cpp finds them, by parts of the name, so that both agree on any model.
 *
 * <p>Source: {@code tensor_get_category} in llama.cpp.
 */
enum TensorCategory {
  TOKEN_EMBEDDING,
  OUTPUT,
  /** Values, alone or fused with queries and keys or with compressed keys. */
  ATTENTION_V,
  ATTENTION_K,
  ATTENTION_Q,
  ATTENTION_OUTPUT,
  FFN_UP,
  FFN_GATE,
  FFN_DOWN,
  OTHER;

  static TensorCategory of(String name) {
    if (name.equals("output.weight")) {
      return OUTPUT;
    }
    if (name.equals("token_embd.weight") || name.equals("per_layer_token_embd.weight")) {
      return TOKEN_EMBEDDING;
    }
    if (name.contains("attn_qkv.weight")
        || name.contains("attn_kv_b.weight")
        || name.contains("attn_v.weight")) {
      return ATTENTION_V;
    }
    if (name.contains("attn_k.weight")) {
      return ATTENTION_K;
    }
    if (name.contains("attn_q.weight")) {
      return ATTENTION_Q;
    }
    if (name.contains("attn_output.weight")) {
      return ATTENTION_OUTPUT;
    }
    if (name.contains("ffn_up")) {
      return FFN_UP;
    }
    if (name.contains("ffn_gate")) {
      return FFN_GATE;
    }
    if (name.contains("ffn_down")) {
      return FFN_DOWN;
    }
    return OTHER;
  }
}
