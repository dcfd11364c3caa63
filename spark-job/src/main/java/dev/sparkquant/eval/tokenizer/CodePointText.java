package dev.sparkquant.eval.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * A text as code points, with their classes: what pre-tokenizers split. Positions count code
 * points.
 */
final class CodePointText {
  private static final int REPLACEMENT = 0xFFFD;

  private final int[] codePoints;
  private final String classes;

  private CodePointText(int[] codePoints, String classes) {
    this.codePoints = codePoints;
    this.classes = classes;
  }

  /**
   * Decodes the bytes from {@code from} to {@code to}. A byte that starts no {@linkplain Utf8
   * sequence} counts as U+FFFD. Source: {@code unicode_cpts_from_utf8}.
   */
  static CodePointText decode(byte[] utf8, int from, int to) {
    int[] codePoints = new int[count(utf8, from, to)];
    byte[] classes = new byte[codePoints.length];
    int at = from;
    for (int i = 0; i < codePoints.length; i++) {
      int codePoint = Utf8.codePoint(utf8, at, to);
      at += codePoint == Utf8.INVALID ? 1 : Utf8.size(utf8[at]);
      codePoints[i] = codePoint == Utf8.INVALID ? REPLACEMENT : codePoint;
      classes[i] = CodePointClass.of(codePoints[i]);
    }
    return new CodePointText(codePoints, new String(classes, StandardCharsets.ISO_8859_1));
  }

  int length() {
    return codePoints.length;
  }

  /** The {@linkplain CodePointClass classes}, a character a code point. */
  String classes() {
    return classes;
  }

  /** The code point there, whitespace beyond ASCII as U+000B. */
  int literal(int position) {
    return CodePointClass.literal(codePoints[position]);
  }

  /**
   * Writes the UTF-8 of the code points from {@code from} to {@code to} into {@code out}, which has
   * room for four bytes each.
   *
   * @return the number of bytes written
   */
  int toUtf8(int from, int to, byte[] out) {
    int at = 0;
    for (int i = from; i < to; i++) {
      at = Utf8.put(codePoints[i], out, at);
    }
    return at;
  }

  private static int count(byte[] utf8, int from, int to) {
    int count = 0;
    for (int at = from; at < to; count++) {
      at += Utf8.codePoint(utf8, at, to) == Utf8.INVALID ? 1 : Utf8.size(utf8[at]);
    }
    return count;
  }
}
