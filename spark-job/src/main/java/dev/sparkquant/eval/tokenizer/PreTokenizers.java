package dev.sparkquant.eval.tokenizer;

import static dev.sparkquant.eval.tokenizer.CodePointClass.HAN;
import static dev.sparkquant.eval.tokenizer.CodePointClass.L;
import static dev.sparkquant.eval.tokenizer.CodePointClass.L_NOT_HAN;
import static dev.sparkquant.eval.tokenizer.CodePointClass.L_NOT_LOWER;
import static dev.sparkquant.eval.tokenizer.CodePointClass.L_NOT_UPPER;
import static dev.sparkquant.eval.tokenizer.CodePointClass.M;
import static dev.sparkquant.eval.tokenizer.CodePointClass.N;
import static dev.sparkquant.eval.tokenizer.CodePointClass.P;
import static dev.sparkquant.eval.tokenizer.CodePointClass.S;

import dev.sparkquant.eval.tokenizer.RunSplitter.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pre-tokenizers by their names in {@code tokenizer.ggml.pre}.
 *
 * <p>The regular expressions are those of the models' own {@code tokenizer.json}, in the form that
 * llama.cpp gives them: among others, letters have no case beyond ASCII (see {@link
 * CodePointClass}). What an expression leaves unmatched is a piece too. Source: {@code
 * llm_tokenizer_bpe} and {@code llama_vocab::impl::load}.
 */
final class PreTokenizers {
  private static final String CONTRACTION = "'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])";
  private static final String PREFIXED = "[^\\r\\n" + L + N + "]?";
  private static final String SIGNS = " ?[^\\s" + L + N + "]+";
  private static final String SPACES = "\\s+(?!\\S)|\\s+";
  private static final String LINES_AND_SPACES = "\\s*[\\r\\n]+|" + SPACES;

  /** Words and signs with the space before them, runs of digits, no English contractions. */
  private static final Splitter GPT2 =
      PatternSplitter.of(
          "'(?:[stmd]|re|ve|ll)| ?[" + L + "]+| ?[" + N + "]+|" + SIGNS + "|\\s+(?!\\S)");

  private static final Splitter LLAMA3 = words("[" + N + "]{1,3}");
  private static final Splitter QWEN2 = words("[" + N + "]");

  private static final Splitter DIGITS = PatternSplitter.of("[" + N + "]+");
  private static final Splitter EACH_DIGIT = PatternSplitter.of("[" + N + "]");
  private static final Splitter UP_TO_3_DIGITS = PatternSplitter.of("[" + N + "]{1,3}");
  private static final Splitter ASCII_DIGITS_BY_3 = PatternSplitter.of("[0-9]{3}");
  private static final Splitter EACH_LINE_END = PatternSplitter.of("[\\r\\n]");
  private static final Splitter LINES = PatternSplitter.of("[^\\n]+|\\n+");

  private static final Splitter KANA_AND_HAN = run("3040-309F 30A0-30FF 4E00-9FA5");
  private static final Splitter HAN_AND_HANGUL = run("800-9FA5 AC00-D7FF");

  private static final String ASCII_SIGN_AND_WORD =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+";
  private static final String DEEPSEEK_WORDS =
      ASCII_SIGN_AND_WORD + "|[^\\r\\n" + L + P + S + "]?[" + L + M + "]+| ?[" + P + S + "]+";
  private static final Splitter DEEPSEEK_V3_WORDS =
      PatternSplitter.of(DEEPSEEK_WORDS + "[\\r\\n]*|" + LINES_AND_SPACES);

  private static final Splitter NOT_PUNCTUATION =
      new RunSplitter(
          Prefix.SPACE,
          List.of(
              CodePointSet.of("9-D 20-21 28-29 2C 2E 3F 7C 60C 6D4 964 2026 3001-3002 FF0C")
                  .complement()));

  private static final Map<String, PreTokenizer> BY_NAME = table();

  private PreTokenizers() {}

  /** The names of all known pre-tokenizers, sorted. */
  static Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
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

  private static Map<String, PreTokenizer> table() {
    Map<String, PreTokenizer> table = new TreeMap<>();
    PreTokenizer gpt2 = PreTokenizer.of(GPT2);
    put(table, gpt2, "gpt-2", "phi-2", "jina-es", "jina-de", "jina-v1-en", "jina-v2-es");
    put(table, gpt2, "jina-v2-de", "jina-v2-code", "gigachat", "a.x-4.0", "mellum");
    put(table, gpt2, "modern-bert", "roberta-bpe", "exaone4", "mpt", "olmo", "jais", "trillion");
    put(table, gpt2, "granite-docling");

    PreTokenizer starcoder = PreTokenizer.of(EACH_DIGIT, GPT2);
    put(table, starcoder, "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone");
    put(table, starcoder, "minerva-7b", "mellum2");

    PreTokenizer llama3 = PreTokenizer.of(LLAMA3);
    put(table, llama3, "dbrx", "smaug-bpe", "glm4", "chatglm-bpe");
    PreTokenizer llama3Itself = llama3.ignoringMerges().addingBos();
    put(table, llama3Itself, "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral");
    put(table, llama3Itself, "midm-2.0", "lfm2", "jina-v5-nano");

    PreTokenizer qwen2 = PreTokenizer.of(QWEN2);
    put(table, qwen2, "qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2");
    put(table, qwen2, "hunyuan", "solar-open", "grok-2");

    PreTokenizer gpt4o = PreTokenizer.of(casedWords(L_NOT_LOWER, L_NOT_UPPER));
    put(table, gpt4o, "gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2");

    PreTokenizer deepseekV3 = PreTokenizer.of(UP_TO_3_DIGITS, KANA_AND_HAN, DEEPSEEK_V3_WORDS);
    put(table, deepseekV3, "deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4");

    PreTokenizer bailing =
        PreTokenizer.of(
            PatternSplitter.of(
                CONTRACTION
                    + ("|" + PREFIXED + "[" + L + "]+|[" + N + "]")
                    + ("|" + SIGNS + "[\\r\\n]*|\\s*[\\r\\n]|" + SPACES)));
    put(table, bailing, "bailingmoe", "bailingmoe2", "llada-moe");

    PreTokenizer notPunctuation = PreTokenizer.of(NOT_PUNCTUATION);
    put(table, notPunctuation, "poro-chat", "bloom", "gpt3-finnish");
    put(table, PreTokenizer.of(NOT_PUNCTUATION, EACH_DIGIT), "viking");

    PreTokenizer tinyAya = PreTokenizer.of(new DigitGroupSplitter(), markedWords("{1,3}"));
    put(table, tinyAya, "tiny_aya", "cohere2moe");

    put(
        table,
        PreTokenizer.of(
            PatternSplitter.of("[" + P + "$+<=>\\^~|]+"), GPT2, DIGITS, ASCII_DIGITS_BY_3),
        "default");
    put(
        table,
        PreTokenizer.of(PatternSplitter.of("[" + P + "$+<=>\\^~|`]+"), GPT2, ASCII_DIGITS_BY_3),
        "falcon");
    put(table, tekken().ignoringMerges().addingBos(), "tekken");
    put(
        table,
        PreTokenizer.of(casedWords(L_NOT_LOWER + M, L_NOT_UPPER + M)).ignoringMerges(),
        "granite-embed-multi-97m");
    put(table, PreTokenizer.of(UP_TO_3_DIGITS, words("[" + N + "]+")).ignoringMerges(), "minicpm5");
    put(table, PreTokenizer.of(LINES, QWEN2), "laguna");
    put(table, qwen35(), "qwen35");
    put(table, jais2(), "jais-2");
    put(table, exaoneMoe(), "exaone-moe");
    put(table, chameleon().addingBos(), "chameleon");
    put(table, kimiK2(), "kimi-k2");
    put(table, deepseekLlm(), "deepseek-llm");
    put(table, deepseekCoder(), "deepseek-coder");
    put(table, spark25(), "spark2_5");
    put(table, youtu().ignoringMerges(), "youtu");
    put(table, afmoe(), "afmoe");
    put(
        table,
        PreTokenizer.of(
            PatternSplitter.of(
                CONTRACTION
                    + ("|" + PREFIXED + "[" + L + "]+|[" + N + "]|")
                    + (SIGNS + "|" + LINES_AND_SPACES))),
        "seed-coder");
    put(
        table,
        PreTokenizer.of(
            PatternSplitter.of(
                PREFIXED
                    + ("[" + L + "]+|[" + N + "]|")
                    + (SIGNS + "[\\r\\n]*|" + LINES_AND_SPACES))),
        "ufakzeka");
    put(
        table,
        PreTokenizer.of(DIGITS, PatternSplitter.of("(?=(?:[0-9]{3})+(?![0-9]))")),
        "superbpe");
    return table;
  }

  private static void put(
      Map<String, PreTokenizer> table, PreTokenizer preTokenizer, String... names) {
    for (String name : names) {
      table.put(name, preTokenizer);
    }
  }

  /** Contractions, words with any one sign before them, digits as given, signs, lines, spaces. */
  private static Splitter words(String digits) {
    return PatternSplitter.of(
        CONTRACTION
            + ("|" + PREFIXED + "[" + L + "]+|" + digits)
            + ("|" + SIGNS + "[\\r\\n]*|" + LINES_AND_SPACES));
  }

  /** Words cut where lower case turns into upper case, with the contraction that follows. */
  private static Splitter casedWords(String notLower, String notUpper) {
    String end = "(?:" + CONTRACTION + ")?|";
    return PatternSplitter.of(
        PREFIXED
            + ("[" + notLower + "]*[" + notUpper + "]+" + end)
            + (PREFIXED + "[" + notLower + "]+[" + notUpper + "]*" + end)
            + ("[" + N + "]{1,3}|" + SIGNS + "[\\r\\n/]*|" + LINES_AND_SPACES));
  }

  /** Words of letters and marks, with the contraction that follows. */
  private static Splitter markedWords(String digits) {
    return PatternSplitter.of(
        PREFIXED
            + ("[" + L + M + "]+(?:" + CONTRACTION + ")?|")
            + ("[" + N + "]" + digits + "|" + SIGNS + "[\\r\\n/]*|" + LINES_AND_SPACES));
  }

  private static PreTokenizer tekken() {
    return PreTokenizer.of(
        PatternSplitter.of(
            PREFIXED
                + ("[" + L_NOT_LOWER + "]*[" + L_NOT_UPPER + "]+|")
                + (PREFIXED + "[" + L_NOT_LOWER + "]+[" + L_NOT_UPPER + "]*|")
                + ("[" + N + "]|" + SIGNS + "[\\r\\n/]*|" + LINES_AND_SPACES)));
  }

  private static PreTokenizer qwen35() {
    return PreTokenizer.of(
        PatternSplitter.of(
            CONTRACTION
                + ("|" + PREFIXED + "[" + L + M + "]+|[" + N + "]")
                + ("| ?[^\\s" + L + M + N + "]+[\\r\\n]*|" + LINES_AND_SPACES)));
  }

  private static PreTokenizer jais2() {
    StringBuilder spaces = new StringBuilder();
    for (int length = 512; length >= 4; length /= 2) {
      spaces.append("\\s{").append(length).append("}(?!\\S)|");
    }
    return PreTokenizer.of(
        PatternSplitter.of(
            CONTRACTION
                + ("|" + PREFIXED + "[" + L + "]+|[" + N + "]{1,3}")
                + ("|" + SIGNS + "[\\r\\n]*|\\s*[\\r\\n]+|")
                + (spaces + "\\s{1,2}(?!\\S)|\\s")));
  }

  private static PreTokenizer exaoneMoe() {
    return PreTokenizer.of(
        PatternSplitter.of(
            CONTRACTION
                + ("|" + PREFIXED + "[" + L + "](?:[" + L + M + "]++| [" + L + "])*+")
                + ("|[" + N + "]|" + SIGNS + "[\\r\\n/]?|\\s*[\\r\\n]|" + SPACES)));
  }

  private static PreTokenizer chameleon() {
    return PreTokenizer.of(
        PatternSplitter.of("<sentinel:[0-9]+>"),
        PatternSplitter.of("IMGIMG[A-I]{1,4}Z"),
        PatternSplitter.of("[\\t\\n]|    |  "),
        EACH_DIGIT,
        PatternSplitter.of("[" + P + "!-/:-@\\[-`{-~]"),
        GPT2);
  }

  private static PreTokenizer kimiK2() {
    return PreTokenizer.of(
        PatternSplitter.of(
            ("[" + HAN + "]+|")
                + (PREFIXED + "[" + L_NOT_HAN + "]+(?:" + CONTRACTION + ")?|")
                + ("[" + N + "]{1,3}|" + SIGNS + "[\\r\\n]*|" + LINES_AND_SPACES)));
  }

  private static PreTokenizer deepseekLlm() {
    return PreTokenizer.of(
        EACH_LINE_END,
        new RunSplitter(
            Prefix.WHITESPACE,
            List.of(
                CodePointSet.of(
                    "41-5A 61-7A B5 C0-D6 D8-F6 F8-1BA 1BC-1BF 1C4-293 295-2AF 370-373 376-377"
                        + " 37B-37D 37F 386 388-38A 38C 38E-3A1 3A3-3F5 3F7-481 48A-52F 531-556"
                        + " 10A0-10C5 13A0-13F5 13F8-13FD 1C90-1CBA 1CBD-1CBF 1D00-1D2B 1D6B-1D77"
                        + " 1D79-1D9A 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B"
                        + " 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3"
                        + " 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115"
                        + " 2119-211D 2124 2126 2128 212A-212D 212F-2134 2139 213C-213F 2145-2149"
                        + " 214E 2183-2184 2C00-2C7B 2C7E-2CE4 2CEB-2CEE 2CF2-2CF3 A640-A66D"
                        + " A680-A69B A722-A76F A771-A787 A78B-A78E AB70-ABBF FB00-FB06 FB13-FB17"
                        + " FF21-FF3A FF41-FF5A 10400-1044F 104B0-104D3 104D8-104FB 10C80-10CB2"
                        + " 10CC0-10CF2 118A0-118DF 1E900-1E943"))),
        new RunSplitter(
            Prefix.WHITESPACE,
            List.of(CodePointSet.of("21-2F 3A-7E 2018-201F 3000-3002 FF01-FF0F FF1A-FF5E"))),
        PatternSplitter.of("(?<!\\s)\\s++\\z"),
        HAN_AND_HANGUL,
        DIGITS);
  }

  private static PreTokenizer deepseekCoder() {
    return PreTokenizer.of(
        EACH_LINE_END,
        PatternSplitter.of("\\s?[" + L + "]+"),
        PatternSplitter.of("\\s?[" + P + "]+"),
        HAN_AND_HANGUL,
        EACH_DIGIT);
  }

  private static PreTokenizer spark25() {
    return PreTokenizer.of(
        UP_TO_3_DIGITS,
        KANA_AND_HAN,
        PatternSplitter.of(DEEPSEEK_WORDS + "|[\\r\\n]|" + SPACES),
        EACH_DIGIT);
  }

  private static PreTokenizer youtu() {
    return PreTokenizer.of(
        run(
            "3131-318E AC00-D7A3",
            "2014 2018-2019 201C-201D 2026 3001-303F FE30-FE4F FF01 FF0C FF1A-FF1B",
            "3105-312F",
            "3040-309F 30A0-30FF 4E00-9FA5"),
        markedWords(""));
  }

  private static PreTokenizer afmoe() {
    return PreTokenizer.of(
        new DigitGroupSplitter(),
        // U+8C48 is where the model's own expression has the look-alike U+F900; llama.cpp's text
        // was normalised at some time, which widens that range.
        run(
            "E40-EFF 1000-109F 1100-11FF 1780-17FF 2F00-2FDF 3040-30FF 3400-4DBF 4E00-FAFF"
                + " FF65-FF9F"),
        DEEPSEEK_V3_WORDS);
  }

  private static Splitter run(String... sets) {
    List<CodePointSet> parsed = List.of(sets).stream().map(CodePointSet::of).toList();
    return new RunSplitter(Prefix.NOTHING, parsed);
  }
}
