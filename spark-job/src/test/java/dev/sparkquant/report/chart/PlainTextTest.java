package dev.sparkquant.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "</script><script>, &lt;/script&gt;&lt;script&gt;",
        "\" onload=\"x, &quot; onload=&quot;x",
        "' x, &#39; x",
        "&lt;, &amp;lt;",
        "größer 世界 🙂, größer 世界 🙂"
      })
  void makesMarkupHarmless(String text, String escaped) {
    assertThat(PlainText.escape(text)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @CsvSource({
    "0, \\u0000",
    "27, \\u001b",
    "8238, \\u202e",
    "8203, \\u200b",
    "55296, \\ud800",
    "65534, \\ufffe"
  })
  void showsWhatWorksUnseen(int character, String shown) {
    assertThat(PlainText.escape("a" + Character.toString(character) + "b"))
        .isEqualTo("a" + shown + "b");
  }
}
