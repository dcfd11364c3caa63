package dev.sparkquant.eval.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * GPT-2's writing of bytes as printable characters, in which byte-level BPE vocabularies hold their
 * tokens: Latin-1's printable characters stand for themselves, the other 68 bytes for U+0100 on.
 * Source: {@code bytes_to_unicode} of GPT-2.
 */
final class ByteAlphabet {
  private static final char[] CHARS = new char[256];
  private static final byte[] BYTES = new byte[0x144];

  static {
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 0x20 && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      CHARS[b] = (char) (printable ? b : next++);
      BYTES[CHARS[b]] = (byte) b;
    }
  }

  private ByteAlphabet() {}

  /** The character that stands for a byte. */
  static char character(byte b) {
    return CHARS[b & 0xFF];
  }

  /** The text for the first {@code length} bytes. */
  static String write(byte[] bytes, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = character(bytes[i]);
    }
    return new String(text);
  }

  /** The bytes a token's text stands for; characters that stand for none keep their UTF-8. */
  static byte[] read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < BYTES.length && CHARS[BYTES[c] & 0xFF] == c) {
                bytes.write(BYTES[c]);
              } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
