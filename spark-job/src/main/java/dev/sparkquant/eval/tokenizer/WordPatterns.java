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

/**
 * The regular expressions of pre-tokenizers, over the {@linkplain CodePointClass classes} of a
 * text.
 *
 * <p>They are those of the models' own {@code tokenizer.json} in the form that llama.cpp gives
 * them: letters have no case beyond ASCII, for one. Source: {@code llm_tokenizer_bpe}.
 */
final class WordPatterns {
  private static final String CONTRACTION = "'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])";
  private static final String PREFIXED = "[^\\r\\n" + L + N + "]?";
  private static final String DIGIT = "[" + N + "]";
  private static final String DIGITS_1_TO_3 = "[" + N + "]{1,3}";
  private static final String SIGNS = " ?[^\\s" + L + N + "]+";
  private static final String SPACES = "\\s+(?!\\S)|\\s+";
  private static final String LINES_AND_SPACES = "\\s*[\\r\\n]+|" + SPACES;
  private static final String ASCII_SIGN_AND_WORD =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+";
  private static final String DEEPSEEK =
      ASCII_SIGN_AND_WORD + "|[^\\r\\n" + L + P + S + "]?[" + L + M + "]+| ?[" + P + S + "]+";

  /** Lower-case contractions; words, digits and signs, each with the space before. */
  static final Splitter GPT2 =
      of("'(?:[stmd]|re|ve|ll)", " ?[" + L + "]+", " ?[" + N + "]+", SIGNS, "\\s+(?!\\S)");

  /** Contractions, words with any one sign before them, up to three digits, signs, lines. */
  static final Splitter LLAMA3 = words(DIGITS_1_TO_3);

  /** As {@link #LLAMA3}, each digit for itself. */
  static final Splitter QWEN2 = words(DIGIT);

  /** As {@link #QWEN2}, with marks among letters. */
  static final Splitter QWEN35 =
      of(
          CONTRACTION,
          PREFIXED + "[" + L + M + "]+",
          DIGIT,
          " ?[^\\s" + L + M + N + "]+[\\r\\n]*",
          LINES_AND_SPACES);

  /** As {@link #LLAMA3}, whole runs of digits. */
  static final Splitter MINICPM5 = words(DIGIT + "+");

  /** As {@link #QWEN2}, without contractions. */
  static final Splitter UFAKZEKA =
      of(PREFIXED + "[" + L + "]+", DIGIT, SIGNS + "[\\r\\n]*", LINES_AND_SPACES);

  /** As {@link #QWEN2}, line ends apart from signs. */
  static final Splitter SEED_CODER =
      of(CONTRACTION, PREFIXED + "[" + L + "]+", DIGIT, SIGNS, LINES_AND_SPACES);

  /** As {@link #QWEN2}, with words of marked letters joined by single spaces. */
  static final Splitter EXAONE_MOE =
      of(
          CONTRACTION,
          PREFIXED + "[" + L + "](?:[" + L + M + "]++| [" + L + "])*+",
          DIGIT,
          SIGNS + "[\\r\\n/]?",
          "\\s*[\\r\\n]",
          SPACES);

  /** As {@link #LLAMA3}, spaces in powers of two. */
  static final Splitter JAIS2 =
      of(
          CONTRACTION,
          PREFIXED + "[" + L + "]+",
          DIGITS_1_TO_3,
          SIGNS + "[\\r\\n]*",
          "\\s*[\\r\\n]+",
          powersOfTwoSpaces());

  /** Words cut where lower case turns into upper case, each digit for itself. */
  static final Splitter TEKKEN =
      of(
          PREFIXED + "[" + L_NOT_LOWER + "]*[" + L_NOT_UPPER + "]+",
          PREFIXED + "[" + L_NOT_LOWER + "]+[" + L_NOT_UPPER + "]*",
          DIGIT,
          SIGNS + "[\\r\\n/]*",
          LINES_AND_SPACES);

  /** As {@link #TEKKEN}, with the contraction that follows a word, and up to three digits. */
  static final Splitter GPT4O = casedWords(L_NOT_LOWER, L_NOT_UPPER);

  /** As {@link #GPT4O}, with marks among letters. */
  static final Splitter GRANITE_EMBEDDING = casedWords(L_NOT_LOWER + M, L_NOT_UPPER + M);

  /** Words of letters and marks, with the contraction that follows, and up to three digits. */
  static final Splitter TINY_AYA = markedWords(DIGITS_1_TO_3);

  /** As {@link #TINY_AYA}, each digit for itself. */
  static final Splitter YOUTU = markedWords(DIGIT);

  /** Han characters apart from other letters. */
  static final Splitter KIMI_K2 =
      of(
          "[" + HAN + "]+",
          PREFIXED + "[" + L_NOT_HAN + "]+(?:" + CONTRACTION + ")?",
          DIGITS_1_TO_3,
          SIGNS + "[\\r\\n]*",
          LINES_AND_SPACES);

  /** ASCII words with the sign before them, other words, signs. */
  static final Splitter DEEPSEEK_V3 = of(DEEPSEEK + "[\\r\\n]*", LINES_AND_SPACES);

  /** As {@link #DEEPSEEK_V3}, each line end for itself. */
  static final Splitter SPARK25 = of(DEEPSEEK, "[\\r\\n]", SPACES);

  static final Splitter DIGITS = of(DIGIT + "+");
  static final Splitter EACH_DIGIT = of(DIGIT);
  static final Splitter UP_TO_3_DIGITS = of(DIGITS_1_TO_3);
  static final Splitter ASCII_DIGITS_BY_3 = of("[0-9]{3}");

  /** Cuts runs of ASCII digits into groups of three, counted from the right. */
  static final Splitter ASCII_DIGITS_FROM_RIGHT = of("(?=(?:[0-9]{3})+(?![0-9]))");

  static final Splitter LETTERS = of("\\s?[" + L + "]+");
  static final Splitter PUNCTUATION = of("\\s?[" + P + "]+");
  static final Splitter PUNCTUATION_AND_MATH = of("[" + P + "$+<=>\\^~|]+");
  static final Splitter PUNCTUATION_MATH_AND_BACKTICK = of("[" + P + "$+<=>\\^~|`]+");
  static final Splitter EACH_SIGN = of("[" + P + "!-/:-@\\[-`{-~]");
  static final Splitter EACH_LINE_END = of("[\\r\\n]");
  static final Splitter LINES = of("[^\\n]+", "\\n+");
  static final Splitter SPACES_AT_END = of("(?<!\\s)\\s++\\z");
  static final Splitter TABS_AND_INDENTS = of("[\\t\\n]|    |  ");
  static final Splitter CHAMELEON_SENTINEL = of("<sentinel:[0-9]+>");
  static final Splitter CHAMELEON_IMAGE = of("IMGIMG[A-I]{1,4}Z");

  private WordPatterns() {}

  private static Splitter words(String digits) {
    return of(
        CONTRACTION, PREFIXED + "[" + L + "]+", digits, SIGNS + "[\\r\\n]*", LINES_AND_SPACES);
  }

  private static Splitter casedWords(String notLower, String notUpper) {
    String end = "(?:" + CONTRACTION + ")?";
    return of(
        PREFIXED + "[" + notLower + "]*[" + notUpper + "]+" + end,
        PREFIXED + "[" + notLower + "]+[" + notUpper + "]*" + end,
        DIGITS_1_TO_3,
        SIGNS + "[\\r\\n/]*",
        LINES_AND_SPACES);
  }

  private static Splitter markedWords(String digits) {
    return of(
        PREFIXED + "[" + L + M + "]+(?:" + CONTRACTION + ")?",
        digits,
        SIGNS + "[\\r\\n/]*",
        LINES_AND_SPACES);
  }

  private static String powersOfTwoSpaces() {
    StringBuilder spaces = new StringBuilder();
    for (int length = 512; length >= 4; length /= 2) {
      spaces.append("\\s{").append(length).append("}(?!\\S)|");
    }
    return spaces.append("\\s{1,2}(?!\\S)|\\s").toString();
  }

  private static Splitter of(String... alternatives) {
    return PatternSplitter.of(String.join("|", alternatives));
  }
}
