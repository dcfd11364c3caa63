package dev.sparkquant.eval.tokenizer;

import static dev.sparkquant.eval.tokenizer.WordPatterns.ASCII_DIGITS_BY_3;
import static dev.sparkquant.eval.tokenizer.WordPatterns.DIGITS;
import static dev.sparkquant.eval.tokenizer.WordPatterns.EACH_DIGIT;
import static dev.sparkquant.eval.tokenizer.WordPatterns.EACH_LINE_END;
import static dev.sparkquant.eval.tokenizer.WordPatterns.GPT2;
import static dev.sparkquant.eval.tokenizer.WordPatterns.LLAMA3;
import static dev.sparkquant.eval.tokenizer.WordPatterns.QWEN2;
import static dev.sparkquant.eval.tokenizer.WordPatterns.UP_TO_3_DIGITS;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pre-tokenizers by their names in {@code tokenizer.ggml.pre}. Source: {@code
 * llama_vocab::impl::load} and {@code llm_tokenizer_bpe}.
 *
 * <p>Those for vocabularies that are not byte-level ({@code gemma4}, {@code sarvam-moe}, {@code
 * whitespace}) are not among them.
 */
final class PreTokenizers {
  private static final NavigableMap<String, PreTokenizer> BY_NAME = new TreeMap<>();

  static {
    put(
        PreTokenizer.of(WordPatterns.PUNCTUATION_AND_MATH, GPT2, DIGITS, ASCII_DIGITS_BY_3),
        "default");
    put(
        PreTokenizer.of(GPT2),
        "gpt-2 phi-2 mpt olmo jais mellum gigachat a.x-4.0 exaone4 trillion granite-docling"
            + " modern-bert roberta-bpe jina-es jina-de jina-v1-en jina-v2-es jina-v2-de"
            + " jina-v2-code");
    put(
        PreTokenizer.of(EACH_DIGIT, GPT2),
        "starcoder refact command-r smollm codeshell exaone minerva-7b mellum2");
    put(
        PreTokenizer.of(WordPatterns.PUNCTUATION_MATH_AND_BACKTICK, GPT2, ASCII_DIGITS_BY_3),
        "falcon");
    put(
        PreTokenizer.of(
                WordPatterns.CHAMELEON_SENTINEL,
                WordPatterns.CHAMELEON_IMAGE,
                WordPatterns.TABS_AND_INDENTS,
                EACH_DIGIT,
                WordPatterns.EACH_SIGN,
                GPT2)
            .addingBos(),
        "chameleon");

    put(
        PreTokenizer.of(LLAMA3).ignoringMerges().addingBos(),
        "llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano");
    put(PreTokenizer.of(LLAMA3), "dbrx smaug-bpe");
    put(PreTokenizer.of(LLAMA3).withoutDefaultBos(), "glm4 chatglm-bpe");
    put(PreTokenizer.of(WordPatterns.JAIS2), "jais-2");
    put(PreTokenizer.of(UP_TO_3_DIGITS, WordPatterns.MINICPM5).ignoringMerges(), "minicpm5");
    put(PreTokenizer.of(WordPatterns.KIMI_K2).withOptionalMerges(), "kimi-k2");

    put(
        PreTokenizer.of(QWEN2),
        "qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2"
            + " bailingmoe bailingmoe2 llada-moe");
    put(PreTokenizer.of(WordPatterns.QWEN35), "qwen35");
    put(PreTokenizer.of(WordPatterns.LINES, QWEN2), "laguna");
    put(PreTokenizer.of(WordPatterns.UFAKZEKA), "ufakzeka");
    put(PreTokenizer.of(WordPatterns.SEED_CODER), "seed-coder");
    put(PreTokenizer.of(WordPatterns.EXAONE_MOE), "exaone-moe");

    put(PreTokenizer.of(WordPatterns.TEKKEN).ignoringMerges().addingBos(), "tekken");
    put(PreTokenizer.of(WordPatterns.GPT4O), "gpt-4o llama4 kanana2 talkie minimax-m2");
    put(
        PreTokenizer.of(WordPatterns.GRANITE_EMBEDDING).ignoringMerges(),
        "granite-embed-multi-97m");
    put(PreTokenizer.of(new DigitGroupSplitter(), WordPatterns.TINY_AYA), "tiny_aya cohere2moe");
    put(PreTokenizer.of(CodePointRuns.YOUTU, WordPatterns.YOUTU).ignoringMerges(), "youtu");

    put(
        PreTokenizer.of(
            EACH_LINE_END,
            CodePointRuns.DEEPSEEK_LETTERS,
            CodePointRuns.DEEPSEEK_PUNCTUATION,
            WordPatterns.SPACES_AT_END,
            CodePointRuns.HAN_AND_HANGUL,
            DIGITS),
        "deepseek-llm");
    put(
        PreTokenizer.of(
            EACH_LINE_END,
            WordPatterns.LETTERS,
            WordPatterns.PUNCTUATION,
            CodePointRuns.HAN_AND_HANGUL,
            EACH_DIGIT),
        "deepseek-coder");
    put(
        PreTokenizer.of(UP_TO_3_DIGITS, CodePointRuns.KANA_AND_HAN, WordPatterns.DEEPSEEK_V3),
        "deepseek-v3 hunyuan-dense joyai-llm hy_v4");
    put(
        PreTokenizer.of(
            UP_TO_3_DIGITS, CodePointRuns.KANA_AND_HAN, WordPatterns.SPARK25, EACH_DIGIT),
        "spark2_5");
    put(
        PreTokenizer.of(new DigitGroupSplitter(), CodePointRuns.AFMOE, WordPatterns.DEEPSEEK_V3),
        "afmoe");

    put(PreTokenizer.of(CodePointRuns.BLOOM), "bloom poro-chat gpt3-finnish");
    put(PreTokenizer.of(CodePointRuns.BLOOM, EACH_DIGIT), "viking");
    put(PreTokenizer.of(DIGITS, WordPatterns.ASCII_DIGITS_FROM_RIGHT), "superbpe");
  }

  private PreTokenizers() {}

  /** The names of all known pre-tokenizers, sorted. */
  static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.navigableKeySet());
  }

  /**
   * The pre-tokenizer of that name; the empty name is {@code default}.
   *
   * @throws TokenizerException if there is none
   */
  static PreTokenizer of(String name) {
    PreTokenizer found = BY_NAME.get(name.isEmpty() ? "default" : name);
    if (found == null) {
      throw new TokenizerException(
          "Cannot tokenize: no pre-tokenizer '"
              + name
              + "' (tokenizer.ggml.pre), known are "
              + String.join(", ", names())
              + "; give the corpus as token ids instead");
    }
    return found;
  }

  /** Enters a pre-tokenizer under names with spaces between them. */
  private static void put(PreTokenizer preTokenizer, String names) {
    for (String name : names.split(" ", -1)) {
      BY_NAME.put(name, preTokenizer);
    }
  }
}
