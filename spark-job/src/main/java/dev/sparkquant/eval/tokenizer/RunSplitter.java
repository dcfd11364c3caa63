package dev.sparkquant.eval.tokenizer;

import java.util.List;

/**
 * Makes each longest run of code points of one of the sets a piece, together with a space before it
 * if so told, and what lies between two runs too: the expression {@code \s?[set]+}.
 *
 * @param prefix what may precede a run
 * @param sets disjoint, none with a prefix in it
 */
record RunSplitter(Prefix prefix, List<CodePointSet> sets) implements Splitter {

  /** What belongs to the run that it precedes. */
  enum Prefix {
    NOTHING,
    SPACE,
    WHITESPACE
  }

  @Override
  public void split(CodePointText text, int from, int to, Sink sink) {
    int done = from;
    for (int i = from; i < to; ) {
      int start = i;
      int set = setOf(text.literal(i));
      if (set < 0 && i + 1 < to && isPrefix(text.literal(i))) {
        set = setOf(text.literal(++i));
      }
      if (set < 0) {
        i = start + 1;
        continue;
      }
      while (i < to && sets.get(set).contains(text.literal(i))) {
        i++;
      }
      if (start > done) {
        sink.piece(done, start);
      }
      sink.piece(start, i);
      done = i;
    }
    if (done < to) {
      sink.piece(done, to);
    }
  }

  private int setOf(int codePoint) {
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i).contains(codePoint)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isPrefix(int codePoint) {
    return switch (prefix) {
      case NOTHING -> false;
      case SPACE -> codePoint == ' ';
      case WHITESPACE -> codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
    };
  }
}
