package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodePointClassTest {

  /** The last seven are assigned in Unicode 14 to 15.1: unassigned to the Java 17 runtime. */
  @ParameterizedTest
  @CsvSource({
    "A, L",
    "z, L",
    "7, N",
    "!, P",
    "\\, P",
    "$, S",
    "~, S",
    "é, L",
    "中, L",
    "٣, N",
    "Ⅷ, N",
    "。, P",
    "€, S",
    "\u0301, M",
    "ʰ, L",
    "\uD835\uDFD8, N",
    "\uD83D\uDE00, S",
    "\u200B, -",
    "\u0378, -",
    "\uE000, -",
    "\uDBFF\uDFFF, -",
    "\u0560, L",
    "\uD81B\uDFF0, M",
    "\uD805\uDF40, L",
    "\uD87A\uDFF0, L",
    "\uD807\uDF50, N",
    "\uD83E\uDEE8, S",
    "\u0CF3, M",
    "\u1B7D, P",
    "\u2FFC, S"
  })
  void generalCategories(String character, String category) {
    int codePoint = character.codePointAt(0);
    String text = String.valueOf((char) (CodePointClass.of(codePoint) & 0xFF));
    String found = "-";
    if (text.matches("[" + CodePointClass.L + "]")) {
      found = "L";
    } else if (text.matches("[" + CodePointClass.N + "]")) {
      found = "N";
    } else if (text.matches("[" + CodePointClass.P + "]")) {
      found = "P";
    } else if (text.matches("[" + CodePointClass.S + "]")) {
      found = "S";
    } else if (text.matches("[" + CodePointClass.M + "]")) {
      found = "M";
    }
    assertThat(found).as("U+%04X", codePoint).isEqualTo(category);
  }

  /** Characters that both know have the same category, whatever Unicode the runtime has. */
  @Test
  void agreesWithTheRuntime() {
    Pattern letter = Pattern.compile("[" + CodePointClass.L + "]");
    Pattern number = Pattern.compile("[" + CodePointClass.N + "]");
    for (int c = 0; c < 0x3000; c++) {
      String text = String.valueOf((char) (CodePointClass.of(c) & 0xFF));
      if (Character.getType(c) != Character.UNASSIGNED && !text.equals("\u0080")) {
        boolean numberLike =
            Character.isDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
        assertThat(letter.matcher(text).matches()).as("U+%04X", c).isEqualTo(Character.isLetter(c));
        assertThat(number.matcher(text).matches()).as("U+%04X", c).isEqualTo(numberLike);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9", "A", "B", "C", "D", "20", "85", "A0", "1680", "2003", "2028", "202F", "3000"})
  void whiteSpaceMatchesTheExpressionsOwnClass(String hex) {
    int codePoint = Integer.parseInt(hex, 16);
    String text = String.valueOf((char) (CodePointClass.of(codePoint) & 0xFF));
    assertThat(text).matches("\\s");
    assertThat(String.valueOf((char) CodePointClass.literal(codePoint))).matches("\\s");
  }

  @Test
  void zeroWidthSpaceIsNoWhiteSpace() {
    assertThat((char) (CodePointClass.of(0x200B) & 0xFF)).isNotEqualTo('\u000B');
    assertThat(CodePointClass.literal(0x200B)).isEqualTo(0x200B);
    assertThat(CodePointClass.literal('x')).isEqualTo('x');
  }
}
