package dev.sparkquant.report.chart;

/**
 * How wide text will be, without asking for fonts: which one draws it is known to the reader's
 * machine only. On the safe side for the usual sans serif ones.
 */
final class TextWidth {
  private static final String NARROW = "iljtfrI.,:;'|!()[]/ ";
  private static final String WIDE = "mwMW%@&";

  private TextWidth() {}

  /** The width in pixels at a font size in pixels. */
  static double of(String text, double size, boolean bold) {
    double width = text.codePoints().mapToDouble(TextWidth::ofCharacter).sum();
    return width * size * (bold ? 1.08 : 1);
  }

  /** The text, cut so that it is no wider. */
  static String fit(String text, double size, double width) {
    if (of(text, size, false) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", size, false) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  private static double ofCharacter(int c) {
    if (c >= 0x2e80) {
      return 1.1;
    }
    if (NARROW.indexOf(c) >= 0) {
      return 0.39;
    }
    if (WIDE.indexOf(c) >= 0) {
      return 0.98;
    }
    return Character.isUpperCase(c) ? 0.73 : 0.63;
  }
}
