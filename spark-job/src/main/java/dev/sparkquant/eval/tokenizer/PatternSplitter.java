package dev.sparkquant.eval.tokenizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes each match of a regular expression over the text's classes a piece, and what lies between
 * two matches too. Source: {@code unicode_regex_split_stl}.
 *
 * <p>The expressions repeat nothing but single classes (or possessively), so matching needs no
 * stack however long a match is.
 */
record PatternSplitter(Pattern pattern) implements Splitter {

  static PatternSplitter of(String regex) {
    return new PatternSplitter(Pattern.compile(regex));
  }

  @Override
  public void split(CodePointText text, int from, int to, Sink sink) {
    Matcher matcher = pattern.matcher(text.classes()).region(from, to);
    int done = from;
    while (matcher.find()) {
      if (matcher.start() > done) {
        sink.piece(done, matcher.start());
      }
      if (matcher.end() > matcher.start()) {
        sink.piece(matcher.start(), matcher.end());
      }
      done = matcher.end();
    }
    if (done < to) {
      sink.piece(done, to);
    }
  }
}
