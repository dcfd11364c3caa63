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
   * Decodes the bytes from {@code from} to {@code to}. A byte that starts no UTF-8 sequence counts
   * as U+FFFD. As in llama.cpp, surrogates and overlong sequences are taken for the code points
   * they spell; sequences beyond U+10FFFF, on which it fails, are invalid here. Source: {@code
   * unicode_cpts_from_utf8}.
   */
  static CodePointText decode(byte[] utf8, int from, int to) {
    int[] codePoints = new int[count(utf8, from, to)];
    byte[] classes = new byte[codePoints.length];
    int length = 0;
    for (int i = from; i < to; ) {
      int size = sequenceSize(utf8, i, to);
      int codePoint = size == 0 ? REPLACEMENT : codePoint(utf8, i, size);
      codePoints[length] = codePoint;
      classes[length++] = CodePointClass.of(codePoint);
      i += Math.max(size, 1);
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
    int n = 0;
    for (int i = from; i < to; i++) {
      int c = codePoints[i];
      if (c < 0x80) {
        out[n++] = (byte) c;
      } else if (c < 0x800) {
        out[n++] = (byte) (0xC0 | (c >> 6));
        out[n++] = (byte) (0x80 | (c & 0x3F));
      } else if (c < 0x10000) {
        out[n++] = (byte) (0xE0 | (c >> 12));
        out[n++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        out[n++] = (byte) (0x80 | (c & 0x3F));
      } else {
        out[n++] = (byte) (0xF0 | (c >> 18));
        out[n++] = (byte) (0x80 | ((c >> 12) & 0x3F));
        out[n++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        out[n++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return n;
  }

  private static int count(byte[] utf8, int from, int to) {
    int count = 0;
    for (int i = from; i < to; count++) {
      i += Math.max(sequenceSize(utf8, i, to), 1);
    }
    return count;
  }

  /** Bytes of the sequence that starts at {@code i}, or 0 if none does. */
  private static int sequenceSize(byte[] utf8, int i, int to) {
    int lead = utf8[i] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int size = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
    if (size == 0 || i + size > to) {
      return 0;
    }
    for (int k = 1; k < size; k++) {
      if ((utf8[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return codePoint(utf8, i, size) <= Character.MAX_CODE_POINT ? size : 0;
  }

  private static int codePoint(byte[] utf8, int i, int size) {
    if (size == 1) {
      return utf8[i];
    }
    int codePoint = utf8[i] & (0x7F >> size);
    for (int k = 1; k < size; k++) {
      codePoint = codePoint << 6 | (utf8[i + k] & 0x3F);
    }
    return codePoint;
  }
}
