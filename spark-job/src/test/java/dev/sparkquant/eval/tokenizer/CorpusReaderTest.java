package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusReaderTest {

  @Test
  void textLosesOneNewlineAndGetsBos() {
    Tokenizer tokenizer = TestVocabularies.tokenizer("tiny-mistral-vocab");
    int[] expected = tokenizer.encode("In the beginning</s>\n", true, false);
    byte[] text = "In the beginning</s>\n\n".getBytes(StandardCharsets.UTF_8);
    assertThat(CorpusReader.text(text, tokenizer)).isEqualTo(expected).startsWith(1);
    assertThat(expected).doesNotContain(2);
    assertThat(CorpusReader.text(new byte[0], tokenizer)).containsExactly(1);
  }

  @Test
  void idsStandBetweenAnyWhiteSpace() throws IOException {
    assertThat(read("  1 22\t333\r\n\n4444\f0")).containsExactly(1, 22, 333, 4444, 0);
    assertThat(read("7\n")).containsExactly(7);
    assertThat(read("007")).containsExactly(7);
    assertThat(read("")).isEmpty();
    assertThat(read(" \n")).isEmpty();
  }

  @Test
  void readsMoreIdsThanABufferHolds() throws IOException {
    assertThat(read("12345 ".repeat(100_000))).hasSize(100_000).containsOnly(12345);
  }

  @ParameterizedTest
  @CsvSource({
    "'1 2\n3 x4', 2, 'x4'",
    "'1\n\n-2', 3, '-2'",
    "'1.5', 1, '1.5'",
    "'+5', 1, '+5'",
    "'1,2', 1, '1,2'"
  })
  void namesWhatIsNoId(String text, int line, String word) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TokenizerException.class)
        .hasMessage("Cannot use corpus ids.txt: line " + line + ": '" + word + "' is no token id");
  }

  @ParameterizedTest
  @CsvSource({"'1\n50000', 2, 50000", "'99999999999', 1, 99999999999"})
  void namesIdsBeyondTheVocabulary(String text, int line, String id) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "Cannot use corpus ids.txt: line %d: token id %s is not in the vocabulary of 50000"
                    .formatted(line, id)
                + " tokens");
  }

  @Test
  void doesNotCollectEndlessWords() {
    assertThatThrownBy(() -> read("1".repeat(1_000_000)))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "Cannot use corpus ids.txt: line 1: '" + "1".repeat(33) + "...' is no token id");
  }

  private static int[] read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CorpusReader.tokenIds(new ByteArrayInputStream(bytes), "ids.txt", 50_000);
  }
}
