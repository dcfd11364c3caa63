package dev.sparkquant.eval.tokenizer;

import java.util.Arrays;

/** A set of code points, given as ranges. Immutable. */
final class CodePointSet {
  private final int[] first;
  private final int[] last;
  private final boolean complement;

  private CodePointSet(int[] first, int[] last, boolean complement) {
    this.first = first;
    this.last = last;
    this.complement = complement;
  }

  /**
   * The set of the ranges {@code "41-5A AA B5-BA"}: hexadecimal, inclusive, separated by spaces, in
   * ascending order.
   */
  static CodePointSet of(String ranges) {
    String[] items = ranges.split(" ", -1);
    int[] first = new int[items.length];
    int[] last = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      int dash = items[i].indexOf('-');
      first[i] = Integer.parseInt(dash < 0 ? items[i] : items[i].substring(0, dash), 16);
      last[i] = dash < 0 ? first[i] : Integer.parseInt(items[i].substring(dash + 1), 16);
      if (last[i] < first[i] || (i > 0 && first[i] <= last[i - 1])) {
        throw new IllegalArgumentException("Cannot use range " + items[i] + ": not ascending");
      }
    }
    return new CodePointSet(first, last, false);
  }

  /** The set of all code points that are not in this one. */
  CodePointSet complement() {
    return new CodePointSet(first, last, !complement);
  }

  /** Visits the ranges this set was given as. */
  void forEachRange(RangeVisitor visitor) {
    for (int i = 0; i < first.length; i++) {
      visitor.range(first[i], last[i]);
    }
  }

  /** Takes a range of code points, both ends inclusive. */
  interface RangeVisitor {
    void range(int first, int last);
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(first, codePoint);
    int range = at >= 0 ? at : -at - 2;
    return (range >= 0 && codePoint <= last[range]) != complement;
  }
}
