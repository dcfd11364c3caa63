package dev.sparkquant.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text in columns: the first ones left-aligned, the numbers right-aligned. */
final class TextTable {
  private final int leftAligned;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param leftAligned how many of the first columns hold text rather than numbers
   */
  TextTable(int leftAligned, String... headings) {
    this.leftAligned = leftAligned;
    rows.add(headings);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        line.append(i < leftAligned ? row[i] + padding : padding + row[i]).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
