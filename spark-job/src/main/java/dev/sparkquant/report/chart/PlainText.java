package dev.sparkquant.report.chart;

/**
 * Makes text from files harmless in markup.
 *
 * <p>Markup characters become entities. Characters that XML forbids, and those that work unseen
 * (controls, direction marks, zero-width and private ones), are shown as {@code \}{@code u202e}.
 */
public final class PlainText {
  private PlainText() {}

  /** The text for the content or a quoted attribute of an HTML, SVG or XML element. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\t' -> escaped.appendCodePoint(c);
      default -> {
        if (isUnseen(c)) {
          escaped.append(String.format("\\u%04x", c));
        } else {
          escaped.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
