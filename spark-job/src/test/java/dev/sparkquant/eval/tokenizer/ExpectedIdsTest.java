package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that llama.cpp gives, for its own test vocabularies and for generated ones. */
class ExpectedIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "deepseek-coder", "starcoder", "llama-spm"})
  void llamaCppsOwnTests(String name) {
    Tokenizer tokenizer = TestVocabularies.tokenizer("ggml-vocab-" + name);
    String[] texts = TestVocabularies.text("ggml-vocab.inp").split("\n__ggml_vocab_test__\n", -1);
    List<String> expected = TestVocabularies.lines("ggml-vocab-" + name + ".out");
    // Each text is ended by a separator, so an empty one follows the last.
    assertThat(texts).hasSize(47).endsWith("");
    assertThat(expected).hasSize(46);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(tokenizer.encode(texts[i], false, false))
          .as("test %d: %s", i, texts[i])
          .isEqualTo(TestVocabularies.ids(expected.get(i).strip(), " "));
    }
  }

  @Test
  void everyPreTokenizer() {
    List<String> texts = TestVocabularies.lines("pre-tokenizers.inp");
    List<String> expected = TestVocabularies.lines("pre-tokenizers.out");
    List<String> seen = new ArrayList<>();
    for (int at = 0; at < expected.size(); at += 1 + texts.size()) {
      List<String> ids = expected.subList(at + 1, at + 1 + texts.size());
      for (String name : expected.get(at).substring(2).split(" ", -1)) {
        seen.add(name);
        Tokenizer tokenizer = Tokenizers.from(TestVocabularies.synthetic(name));
        for (int i = 0; i < texts.size(); i++) {
          byte[] text = HexFormat.of().parseHex(texts.get(i).substring(2));
          assertThat(tokenizer.encode(text, true, texts.get(i).charAt(0) == '1'))
              .as("%s: %s", name, new String(text, StandardCharsets.UTF_8))
              .isEqualTo(TestVocabularies.ids(ids.get(i), " "));
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(PreTokenizers.names());
  }

  @Test
  void tekkenOfTheTinyModel() {
    checkCases(TestVocabularies.metadata("tiny-mistral-vocab"), "tiny-mistral.cases");
  }

  @Test
  void sentencePieceWithScoresThatAreEqual() {
    checkCases(TestVocabularies.metadata("synthetic-spm"), "synthetic-spm.cases");
  }

  @Test
  void specialTokensThatStripWhatFollows() {
    Metadata metadata =
        TestVocabularies.synthetic("tekken")
            .with("general.name", MetadataValue.ofString("Phi-3 like"));
    checkCases(metadata, "synthetic-bpe-phi-3.cases");
  }

  private static void checkCases(Metadata metadata, String file) {
    Tokenizer tokenizer = Tokenizers.from(metadata);
    List<String> cases = TestVocabularies.lines(file);
    assertThat(cases).hasSizeGreaterThan(50);
    for (String line : cases) {
      String[] fields = line.split(" ", -1);
      byte[] text = HexFormat.of().parseHex(fields[1]);
      boolean addSpecial = fields[0].charAt(0) == '1';
      boolean parseSpecial = fields[0].charAt(1) == '1';
      assertThat(tokenizer.encode(text, addSpecial, parseSpecial))
          .as("add %b, parse %b: %s", addSpecial, parseSpecial, fields[1])
          .isEqualTo(TestVocabularies.ids(fields[2], ","));
    }
  }
}
