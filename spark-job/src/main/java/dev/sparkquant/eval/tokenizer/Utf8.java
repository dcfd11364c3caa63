package dev.sparkquant.eval.tokenizer;

/**
 * UTF-8 as llama.cpp takes it: surrogates and overlong sequences stand for the code points they
 * spell; sequences beyond U+10FFFF, on which it fails, count as invalid. Source: {@code
 * unicode_cpt_from_utf8}.
 */
final class Utf8 {
  /** What {@link #codePoint} returns where no sequence starts. */
  static final int INVALID = -1;

  private Utf8() {}

  /** Bytes of the sequence that a byte starts, or 0 if none does. */
  static int size(byte first) {
    int lead = first & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    return lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
  }

  /** Bytes that a code point takes. */
  static int size(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /**
   * The code point at {@code at}, or {@link #INVALID} if the bytes there are no sequence that ends
   * before {@code to}.
   */
  static int codePoint(byte[] bytes, int at, int to) {
    int size = size(bytes[at]);
    if (size == 1) {
      return bytes[at];
    }
    if (size == 0 || at + size > to) {
      return INVALID;
    }
    int codePoint = bytes[at] & (0x7F >> size);
    for (int k = 1; k < size; k++) {
      if ((bytes[at + k] & 0xC0) != 0x80) {
        return INVALID;
      }
      codePoint = codePoint << 6 | (bytes[at + k] & 0x3F);
    }
    return codePoint <= Character.MAX_CODE_POINT ? codePoint : INVALID;
  }

  /**
   * Writes a code point to {@code out} at {@code at}.
   *
   * @return where the next one goes
   */
  static int put(int codePoint, byte[] out, int at) {
    int size = size(codePoint);
    if (size == 1) {
      out[at] = (byte) codePoint;
      return at + 1;
    }
    int rest = codePoint;
    for (int k = size - 1; k > 0; k--) {
      out[at + k] = (byte) (0x80 | (rest & 0x3F));
      rest >>= 6;
    }
    out[at] = (byte) (0xF00 >> size | rest);
    return at + size;
  }
}
