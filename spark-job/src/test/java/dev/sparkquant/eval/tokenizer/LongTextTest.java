package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long words and long texts need neither a deep stack nor quadratic time. */
class LongTextTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** One name of each. */
  static Stream<String> preTokenizers() {
    Map<PreTokenizer, String> names = new LinkedHashMap<>();
    PreTokenizers.names().forEach(name -> names.putIfAbsent(PreTokenizers.of(name), name));
    // This one groups digits by looking ahead to the end of the run, from each of them.
    return names.values().stream().filter(name -> !name.equals("superbpe"));
  }

  @ParameterizedTest
  @MethodSource("preTokenizers")
  void runsOfOneKind(String name) {
    Tokenizer tokenizer = Tokenizers.from(TestVocabularies.synthetic(name));
    for (String unit : new String[] {"a", "B", "é", "7", " ", "\n", " \n", "!", "中", "a ", "'s"}) {
      String text = unit.repeat(20_000 / unit.length()) + "x";
      int[] ids =
          assertTimeoutPreemptively(
              LIMIT, () -> tokenizer.encode(text, false, false), "runs of '" + unit + "'");
      assertThat(new String(tokenizer.decode(ids, false), StandardCharsets.UTF_8))
          .as("runs of '%s'", unit)
          .isEqualTo(text);
    }
  }

  @Test
  void sentencePieceWithoutSpaces() {
    Tokenizer tokenizer = TestVocabularies.tokenizer("ggml-vocab-llama-spm");
    String text = "antidisestablishmentarianism".repeat(20_000);
    int[] ids = assertTimeoutPreemptively(LIMIT, () -> tokenizer.encode(text, false, false));
    assertThat(new String(tokenizer.decode(ids, false), StandardCharsets.UTF_8)).isEqualTo(text);
  }
}
