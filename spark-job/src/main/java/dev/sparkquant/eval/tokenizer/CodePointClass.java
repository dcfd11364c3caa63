package dev.sparkquant.eval.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The class of a code point, as one Latin-1 character: ASCII stands for itself, whitespace beyond
 * it for U+000B, all else for one of the constants here. Regular expressions run over a text's
 * classes instead of its characters.
 *
 * <p>The general categories are those of Unicode 15.1, which is what llama.cpp (release v0.5.0)
 * has, whatever the version of the running JVM: Java 17's own tables are Unicode 13 and call some
 * 5,900 code points unassigned that are letters, digits, marks or signs there. As in llama.cpp's
 * collapsed text, letters have no case here, except the ASCII ones.
 */
final class CodePointClass {
  private static final String RESOURCE = "unicode-15.1-categories.txt";

  private static final char WHITESPACE = '\u000B';

  /** Unassigned, control, format, private use. */
  private static final char OTHER = '\u0080';

  private static final char NUMBER = '\u0081';
  private static final char LETTER = '\u0082';
  private static final char PUNCTUATION = '\u0083';
  private static final char SYMBOL = '\u0084';
  private static final char MARK = '\u0085';
  private static final char HAN_LETTER = '\u0086';
  private static final char HAN_OTHER = '\u0087';

  /** {@code \p{L}}, to be put between square brackets, as all of these. */
  static final String L = "A-Za-z" + LETTER + HAN_LETTER;

  /** {@code \p{L}} without {@code a-z}. */
  static final String L_NOT_LOWER = "A-Z" + LETTER + HAN_LETTER;

  /** {@code \p{L}} without {@code A-Z}. */
  static final String L_NOT_UPPER = "a-z" + LETTER + HAN_LETTER;

  /** {@code \p{L}} without Han characters. */
  static final String L_NOT_HAN = "A-Za-z" + LETTER;

  /** {@code \p{N}}. */
  static final String N = "0-9" + NUMBER;

  /** {@code \p{P}}. */
  static final String P = "!-#%-*,-/:;?@\\[-\\]_{}" + PUNCTUATION;

  /** {@code \p{S}}. */
  static final String S = "$+<->\\^`|~" + SYMBOL;

  /** {@code \p{M}}. */
  static final String M = "" + MARK;

  /** Han characters: the blocks of CJK ideographs that llama.cpp calls so. */
  static final String HAN = "" + HAN_LETTER + HAN_OTHER;

  private static final CodePointSet WHITESPACES =
      CodePointSet.of("9-D 20 85 A0 1680 2000-200A 2028-2029 202F 205F 3000");

  private static final CodePointSet HAN_BLOCKS =
      CodePointSet.of(
          "3400-4DBF 4E00-9FFF F900-FAFF 20000-2A6DF 2A700-2B73F 2B740-2B81F 2B820-2CEAF"
              + " 2CEB0-2EBEF 2F800-2FA1F");

  private static final byte[] CLASSES = load();

  private CodePointClass() {}

  /** The class, in the low eight bits. */
  static byte of(int codePoint) {
    return CLASSES[codePoint];
  }

  /** The code point itself, but for whitespace beyond ASCII, which counts as U+000B. */
  static int literal(int codePoint) {
    return codePoint >= 0x80 && CLASSES[codePoint] == WHITESPACE ? WHITESPACE : codePoint;
  }

  private static byte[] load() {
    byte[] classes = new byte[Character.MAX_CODE_POINT + 1];
    Arrays.fill(classes, (byte) OTHER);
    try (InputStream in = CodePointClass.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The program is incomplete: it lacks " + RESOURCE);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          mark(classes, CodePointSet.of(line.substring(2)), category(line.charAt(0)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int codePoint = 0; codePoint < classes.length; codePoint++) {
      if (codePoint < 0x80) {
        classes[codePoint] = (byte) codePoint;
      } else if (WHITESPACES.contains(codePoint)) {
        classes[codePoint] = (byte) WHITESPACE;
      } else if (HAN_BLOCKS.contains(codePoint)) {
        classes[codePoint] = (byte) (classes[codePoint] == (byte) LETTER ? HAN_LETTER : HAN_OTHER);
      }
    }
    return classes;
  }

  private static void mark(byte[] classes, CodePointSet set, char value) {
    set.forEachRange((first, last) -> Arrays.fill(classes, first, last + 1, (byte) value));
  }

  private static char category(char letter) {
    return switch (letter) {
      case 'L' -> LETTER;
      case 'M' -> MARK;
      case 'N' -> NUMBER;
      case 'P' -> PUNCTUATION;
      case 'S' -> SYMBOL;
      default -> throw new IllegalStateException(RESOURCE + ": no category " + letter);
    };
  }
}
