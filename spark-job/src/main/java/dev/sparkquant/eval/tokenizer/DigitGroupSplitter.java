package dev.sparkquant.eval.tokenizer;

import static dev.sparkquant.eval.tokenizer.CodePointClass.N;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts runs of digits into groups of three, counted from the right. As in llama.cpp ({@code
 * unicode_regex_split_custom_afmoe}), what precedes a run stays in one piece with its first group.
 */
final class DigitGroupSplitter implements Splitter {
  private static final Pattern DIGITS = Pattern.compile("[" + N + "]+");

  @Override
  public void split(CodePointText text, int from, int to, Sink sink) {
    Matcher matcher = DIGITS.matcher(text.classes()).region(from, to);
    int done = from;
    while (matcher.find()) {
      int first = (matcher.end() - matcher.start()) % 3;
      for (int end = matcher.start() + (first == 0 ? 3 : first); end <= matcher.end(); end += 3) {
        sink.piece(done, end);
        done = end;
      }
    }
    if (done < to) {
      sink.piece(done, to);
    }
  }
}
