package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorRoleTest {

  @ParameterizedTest
  @CsvSource({
    "token_embd.weight, token_embedding",
    "per_layer_token_embd.weight, token_embedding",
    "output.weight, output",
    "output_norm.weight, norm",
    "token_embd_norm.weight, norm",
    "blk.0.attn_norm.weight, norm",
    "blk.0.attn_norm_2.weight, norm",
    "blk.0.attn_q_norm.weight, norm",
    "blk.12.attn_q.weight, attention_q",
    "blk.12.attn_q.bias, attention_q",
    "blk.1.attn_q_a.weight, attention_q",
    "blk.1.attn_q_b.weight, attention_q",
    "blk.1.attn_k.weight, attention_k",
    "blk.1.attn_k_b.weight, attention_k",
    "blk.1.attn_v.weight, attention_v",
    "blk.1.attn_v_b.weight, attention_v",
    "blk.1.attn_qkv.weight, attention_qkv",
    "blk.1.attn_kv_b.weight, attention_kv",
    "blk.1.attn_kv_a_mqa.weight, attention_kv",
    "blk.1.attn_output.weight, attention_output",
    "dec.blk.1.attn_o.weight, attention_output",
    "dec.blk.1.cross_attn_q.weight, attention_q",
    "v.blk.1.attn_out.weight, attention_output",
    "blk.1.attn_gate.weight, attention_other",
    "blk.1.attn_sinks.weight, attention_other",
    "blk.1.indexer.attn_k.weight, attention_k",
    "blk.1.indexer.proj.weight, attention_other",
    "blk.1.ffn_up.weight, ffn_up",
    "blk.1.ffn_gate.weight, ffn_gate",
    "blk.1.ffn_down.weight, ffn_down",
    "blk.1.ffn_gate_up.weight, ffn_up",
    "blk.1.ffn_act.scale, ffn_other",
    "blk.1.ffn_up_exps.weight, experts_up",
    "blk.1.ffn_gate_up_exps.weight, experts_up",
    "blk.1.ffn_gate_exps.weight, experts_gate",
    "blk.1.ffn_down_exps.weight, experts_down",
    "blk.1.ffn_down_chexps.weight, experts_down",
    "blk.1.ffn_down.7.weight, experts_down",
    "blk.1.ffn_gate.7.weight, experts_gate",
    "blk.1.ffn_up_shexp.weight, shared_experts_up",
    "blk.1.ffn_gate_shexp.weight, shared_experts_gate",
    "blk.1.ffn_down_shexp.weight, shared_experts_down",
    "blk.1.ffn_gate_inp.weight, router",
    "blk.1.ffn_gate_inp_shexp.weight, router",
    "blk.1.exp_probs_b.bias, router",
    "blk.1.ssm_in.weight, recurrent",
    "blk.1.ssm_a, recurrent",
    "blk.1.time_mix_key.weight, recurrent",
    "blk.1.shortconv.in_proj.weight, recurrent",
    "rope_freqs.weight, other",
    "blk.8.nextn.eh_proj.weight, other",
    "mm.0.weight, other"
  })
  void findsTheRoleInTheName(String name, String label) {
    assertThat(TensorRole.of(name).label()).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "blk.0.attn_q.weight, 0",
    "blk.12.attn_q.weight, 12",
    "enc.blk.3.attn_q.weight, 3",
    "v.blk.3.attn_q.weight, 3",
    "blk.007.x, 7",
  })
  void findsTheLayerInTheName(String name, int layer) {
    assertThat(BlockNumber.of(name)).hasValue(layer);
  }

  @Test
  void findsNoLayerWhereThereIsNone() {
    assertThat(BlockNumber.of("output.weight")).isEmpty();
    assertThat(BlockNumber.of("blk.x.attn_q.weight")).isEmpty();
    assertThat(BlockNumber.of("blk.3")).isEmpty();
  }
}
