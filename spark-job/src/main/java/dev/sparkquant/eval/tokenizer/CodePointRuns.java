package dev.sparkquant.eval.tokenizer;

import dev.sparkquant.eval.tokenizer.RunSplitter.Prefix;
import java.util.List;
import java.util.stream.Stream;

/** Runs of certain code points that pre-tokenizers take for words. */
final class CodePointRuns {
  static final Splitter KANA_AND_HAN = of("3040-309F 30A0-30FF 4E00-9FA5");
  static final Splitter HAN_AND_HANGUL = of("800-9FA5 AC00-D7FF");

  static final Splitter YOUTU =
      of(
          "3131-318E AC00-D7A3",
          "2014 2018-2019 201C-201D 2026 3001-303F FE30-FE4F FF01 FF0C FF1A-FF1B",
          "3105-312F",
          "3040-309F 30A0-30FF 4E00-9FA5");

  /**
   * East and South-East Asian scripts. From U+8C48 on it is one range: llama.cpp's expression has
   * that character where the model's own has the look-alike U+F900.
   */
  static final Splitter AFMOE =
      of(
          "E40-EFF 1000-109F 1100-11FF 1780-17FF 2F00-2FDF 3040-30FF 3400-4DBF 4E00-FAFF"
              + " FF65-FF9F");

  /** Letters that have an upper and a lower case, with the white space before them. */
  static final Splitter DEEPSEEK_LETTERS =
      withPrefix(
          Prefix.WHITESPACE,
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
                  + " 10CC0-10CF2 118A0-118DF 1E900-1E943"));

  static final Splitter DEEPSEEK_PUNCTUATION =
      withPrefix(
          Prefix.WHITESPACE,
          CodePointSet.of("21-2F 3A-7E 2018-201F 3000-3002 FF01-FF0F FF1A-FF5E"));

  /** All but white space and the commonest punctuation, with the space before. */
  static final Splitter BLOOM =
      withPrefix(
          Prefix.SPACE,
          CodePointSet.of("9-D 20-21 28-29 2C 2E 3F 7C 60C 6D4 964 2026 3001-3002 FF0C")
              .complement());

  private CodePointRuns() {}

  private static Splitter of(String... sets) {
    return new RunSplitter(Prefix.NOTHING, Stream.of(sets).map(CodePointSet::of).toList());
  }

  private static Splitter withPrefix(Prefix prefix, CodePointSet set) {
    return new RunSplitter(prefix, List.of(set));
  }
}
