package dev.sparkquant.cli;

/** Makes text from a model harmless to a terminal. */
final class PrintableText {
  private PrintableText() {}

  /** The text with control characters shown as escapes, cut to a length. */
  static String of(String text, int longest) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (printable.length() >= longest) {
        return printable.append("...").toString();
      }
      switch (c) {
        case '\n' -> printable.append("\\n");
        case '\r' -> printable.append("\\r");
        case '\t' -> printable.append("\\t");
        default -> {
          int type = Character.getType(c);
          if (Character.isISOControl(c)
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || type == Character.SURROGATE) {
            printable.append(String.format("\\u%04x", c));
          } else {
            printable.appendCodePoint(c);
          }
        }
      }
    }
    return printable.toString();
  }
}
