package dev.sparkquant.eval.tokenizer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What kind of token each one is: as {@code tokenizer.ggml.token_type} says, corrected by the
 * tokens' texts and the model's name as llama.cpp corrects it. Immutable.
 */
final class TokenKinds {
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 4;
  private static final int USER_DEFINED = 8;
  private static final int BYTE = 16;
  private static final int STRIPS_RIGHT = 32;

  /** Texts that always mean the end of a turn or text: control tokens, whatever the file says. */
  private static final Set<String> ENDS =
      Set.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<｜end▁of▁sentence｜>",
          "[e~[");

  /**
   * Texts of the tokens for filling in the middle, by the key that may name them: without that key
   * the first one of these in the vocabulary is a control token.
   */
  private static final Map<List<String>, List<String>> FILL_IN_MIDDLE =
      Map.of(
          List.of("fim_pre_token_id", "prefix_token_id"),
          List.of(
              "<|fim_prefix|>",
              "<fim-prefix>",
              "<fim_prefix>",
              "<｜fim▁begin｜>",
              "<PRE>",
              "▁<PRE>",
              "<|code_prefix|>",
              "<|prefix|>"),
          List.of("fim_suf_token_id", "suffix_token_id"),
          List.of(
              "<|fim_suffix|>",
              "<fim-suffix>",
              "<fim_suffix>",
              "<｜fim▁hole｜>",
              "<SUF>",
              "▁<SUF>",
              "<|code_suffix|>",
              "<|suffix|>"),
          List.of("fim_mid_token_id", "middle_token_id"),
          List.of(
              "<|fim_middle|>",
              "<fim-middle>",
              "<fim_middle>",
              "<｜fim▁end｜>",
              "<MID>",
              "▁<MID>",
              "<|code_middle|>",
              "<|middle|>"),
          List.of("fim_pad_token_id"),
          List.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"),
          List.of("fim_rep_token_id"),
          List.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"),
          List.of("fim_sep_token_id"),
          List.of("<|file_sep|>"));

  private final int[] kinds;

  private TokenKinds(int[] kinds) {
    this.kinds = kinds;
  }

  /**
   * @param texts of all tokens
   * @param ids of all texts
   */
  static TokenKinds from(VocabularyMetadata source, List<String> texts, Map<String, Integer> ids) {
    int[] kinds = new int[texts.size()];
    long[] types = source.optionalIntegers("token_type").orElse(null);
    if (types != null && types.length < kinds.length) {
      throw new TokenizerException(
          "Cannot tokenize: tokenizer.ggml.token_type has "
              + types.length
              + " entries for "
              + kinds.length
              + " tokens");
    }
    for (int id = 0; id < kinds.length; id++) {
      kinds[id] = types == null ? NORMAL : kind(types[id]);
    }
    TokenKinds result = new TokenKinds(kinds);
    result.markControlTokens(source, ids);
    result.markShownTokens(ids);
    result.markStripping(source, ids);
    return result;
  }

  /** Whether text is to be searched for this token before all else, control tokens included. */
  boolean isSpecial(int id) {
    return (kinds[id] & (CONTROL | USER_DEFINED | UNKNOWN)) != 0;
  }

  /** Whether it stands for its text only if control tokens are asked for. */
  boolean isControl(int id) {
    return (kinds[id] & (CONTROL | UNKNOWN)) != 0;
  }

  /** Whether it stands for the byte that its text, {@code <0x41>}, names. */
  boolean isByte(int id) {
    return (kinds[id] & BYTE) != 0;
  }

  /** Whether white space behind it is dropped. */
  boolean stripsRight(int id) {
    return (kinds[id] & STRIPS_RIGHT) != 0;
  }

  private void markControlTokens(VocabularyMetadata source, Map<String, Integer> ids) {
    FILL_IN_MIDDLE.forEach(
        (keys, texts) -> {
          if (keys.stream().allMatch(key -> source.optionalInteger(key).isEmpty())) {
            texts.stream()
                .filter(ids::containsKey)
                .findFirst()
                .ifPresent(text -> kinds[ids.get(text)] |= CONTROL);
          }
        });
    for (String text : ENDS) {
      if (ids.containsKey(text)) {
        kinds[ids.get(text)] |= CONTROL;
      }
    }
  }

  /** Tokens of some chat formats that must stay visible though they look like control tokens. */
  private void markShownTokens(Map<String, Integer> ids) {
    for (String text : List.of("<|channel|>", "<|message|>", "<|start|>", "<|constrain|>")) {
      set(ids, text, USER_DEFINED);
    }
    boolean calls = ids.containsKey("<|call|>") || ids.containsKey("<|calls|>");
    if (calls && (ids.containsKey("<|return|>") || ids.containsKey("<|flush|>"))) {
      set(ids, "<|end|>", USER_DEFINED);
    }
    if (ids.containsKey("<|tool_response>")) {
      set(ids, "</s>", NORMAL);
    }
  }

  private void markStripping(VocabularyMetadata source, Map<String, Integer> ids) {
    String model = source.modelName().toLowerCase(Locale.ROOT);
    if (!model.contains("phi-3") && !model.contains("phi3")) {
      return;
    }
    for (int id = 0; id < kinds.length; id++) {
      if (isSpecial(id)) {
        kinds[id] |= STRIPS_RIGHT;
      }
    }
    for (String text : List.of("<unk>", "<s>", "<|endoftext|>")) {
      if (ids.containsKey(text)) {
        kinds[ids.get(text)] &= ~STRIPS_RIGHT;
      }
    }
  }

  private void set(Map<String, Integer> ids, String text, int kind) {
    if (ids.containsKey(text)) {
      kinds[ids.get(text)] = kind;
    }
  }

  /** Source: {@code enum llama_token_type}. */
  private static int kind(long type) {
    return switch ((int) type) {
      case 1 -> NORMAL;
      case 2 -> UNKNOWN;
      case 3 -> CONTROL;
      case 4 -> USER_DEFINED;
      case 6 -> BYTE;
      default -> 0;
    };
  }
}
