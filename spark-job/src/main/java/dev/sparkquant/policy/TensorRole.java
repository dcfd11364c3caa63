package dev.sparkquant.policy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tensor is for, as rules of schemes and reports name it. Found from the tensor's name. */
public enum TensorRole {
  TOKEN_EMBEDDING,
  OUTPUT,
  ATTENTION_Q,
  ATTENTION_K,
  ATTENTION_V,
  /** Queries, keys and values in one tensor. */
  ATTENTION_QKV,
  /** Keys and values in one tensor, as in latent attention. */
  ATTENTION_KV,
  ATTENTION_OUTPUT,
  /** Anything else in an attention: gates, indexers, sinks. */
  ATTENTION_OTHER,
  FFN_UP,
  FFN_GATE,
  FFN_DOWN,
  FFN_OTHER,
  EXPERTS_UP,
  EXPERTS_GATE,
  EXPERTS_DOWN,
  SHARED_EXPERTS_UP,
  SHARED_EXPERTS_GATE,
  SHARED_EXPERTS_DOWN,
  /** What sends a token to its experts. */
  ROUTER,
  /** Parts of state-space, linear-attention and convolution layers. */
  RECURRENT,
  NORM,
  OTHER;

  private static final Pattern SUFFIX = Pattern.compile("\\.(?:weight|bias|scale|input_scale)\\z");
  private static final Pattern NORM_WORD = Pattern.compile("(?:\\A|_)(?:norm|layernorm)(?:_|\\z)");
  private static final Pattern ATTENTION_PART =
      Pattern.compile("(?:\\A|_)attn_(q|k|v|qkv|kv|o|out|output)(?:_a|_b|_a_mqa)?\\z");
  private static final Pattern FFN_PART =
      Pattern.compile("ffn_(gate_up|up|gate|down)(_shexp|_exps|_chexps|\\.[0-9]+)?(?:_.*)?\\z");

  /** The role's name in scheme files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of the tensor of that name. */
  public static TensorRole of(String tensorName) {
    String name = SUFFIX.matcher(tensorName).replaceFirst("");
    String part = lastPart(name);
    if (part.equals("token_embd") || part.equals("per_layer_token_embd")) {
      return TOKEN_EMBEDDING;
    }
    if (name.equals("output")) {
      return OUTPUT;
    }
    if (NORM_WORD.matcher(part).find()) {
      return NORM;
    }
    if (part.startsWith("ffn_gate_inp")
        || part.startsWith("ffn_gate_tid2eid")
        || part.startsWith("exp_probs_b")) {
      return ROUTER;
    }
    Matcher ffn = FFN_PART.matcher(name);
    if (ffn.find()) {
      return ffn(ffn.group(1), ffn.group(2));
    }
    Matcher attention = ATTENTION_PART.matcher(part);
    if (attention.find()) {
      return attention(attention.group(1));
    }
    return byWord(name, part);
  }

  private static TensorRole ffn(String which, String expertSuffix) {
    if (expertSuffix == null) {
      return switch (which) {
        case "gate" -> FFN_GATE;
        case "down" -> FFN_DOWN;
        default -> FFN_UP;
      };
    }
    boolean shared = expertSuffix.equals("_shexp");
    return switch (which) {
      case "gate" -> shared ? SHARED_EXPERTS_GATE : EXPERTS_GATE;
      case "down" -> shared ? SHARED_EXPERTS_DOWN : EXPERTS_DOWN;
      default -> shared ? SHARED_EXPERTS_UP : EXPERTS_UP;
    };
  }

  private static TensorRole attention(String which) {
    return switch (which) {
      case "q" -> ATTENTION_Q;
      case "k" -> ATTENTION_K;
      case "v" -> ATTENTION_V;
      case "qkv" -> ATTENTION_QKV;
      case "kv" -> ATTENTION_KV;
      default -> ATTENTION_OUTPUT;
    };
  }

  private static TensorRole byWord(String name, String part) {
    if (part.startsWith("ssm_")
        || part.startsWith("time_mix")
        || part.startsWith("channel_mix")
        || name.contains("shortconv.")) {
      return RECURRENT;
    }
    if (part.contains("attn_") || name.contains("indexer.")) {
      return ATTENTION_OTHER;
    }
    return part.startsWith("ffn_") ? FFN_OTHER : OTHER;
  }

  /** The name without prefix and layer: {@code attn_q} of {@code dec.blk.3.attn_q}. */
  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
