package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemeParserTest {
  private static final String HEAD = "name: A\nbase: Q4_K_M\n";

  @Test
  void readsAllThereIs() {
    Scheme scheme =
        parse(
            """
            # a comment
            name: MINE
            description: "one line: of text"
            base: q4_k_s
            file_type: Q6_K
            fallback: strict
            rules:
              - role: [token embedding, output]
                type: bf16
              - role: attention-v
                layers: [first, 2-4, -3-last, -1]
                name: '\\.weight$'
                type: Q8_0
            """);
    assertThat(scheme.name()).isEqualTo("MINE");
    assertThat(scheme.description()).isEqualTo("one line: of text");
    assertThat(scheme.base()).isEqualTo(new SchemeBase.Mix(FileType.Q4_K_S));
    assertThat(scheme.fileType()).hasValue(18);
    assertThat(scheme.fallback()).isEqualTo(Fallback.STRICT);
    assertThat(scheme.rules())
        .extracting(SchemeRule::text)
        .containsExactly(
            "role token embedding output",
            "role attention-v, layers first 2-4 -3-last -1, name \\.weight$");
    assertThat(scheme.rules().get(0).roles())
        .isEqualTo(Set.of(TensorRole.TOKEN_EMBEDDING, TensorRole.OUTPUT));
    assertThat(scheme.rules().get(0).type()).isEqualTo(GgmlType.BF16);
    assertThat(scheme.rules().get(1).place()).isEqualTo("s.yaml:10:5");
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_K_M, 15",
    "Q4_K, 15",
    "7, 7",
    "pure Q4_K, 15",
    "PURE q8_0, 7",
    "pure MXFP4, 38",
    "pure NVFP4, 39",
    "pure F32, 0",
  })
  void recordsTheFileTypeOfTheBase(String base, int fileType) {
    assertThat(parse("name: A\nbase: " + base).fileType()).hasValue(fileType);
  }

  @Test
  void recordsWhatTheInputSaysWhenBasedOnCopy() {
    assertThat(parse("name: A\nbase: COPY").fileType()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | s.yaml: the file is empty",
        "'# nothing' | s.yaml: the file is empty",
        "hello | s.yaml:1:1: a scheme has to be a mapping of name, description, base",
        "'- a' | s.yaml:1:1: a scheme has to be a mapping",
        "'base: Q4_K_M' | s.yaml:1:1: a scheme needs the key 'name'",
        "'name: A' | s.yaml:1:1: a scheme needs the key 'base'",
        "'name: A~base: Q4_K_M~nane: B' | s.yaml:3:1: there is no key 'nane' in a scheme",
        "'name: A~base: Q4_K_M~name: B' | s.yaml:3:1: the key 'name' is given twice",
        "'name: A~base: Q4_K_N' | s.yaml:2:7: 'Q4_K_N' is no type of llama-quantize; did you mean",
        "'name: A~base: IQ2_M' | s.yaml:2:7: Cannot quantize to IQ2_M: it can be read but not",
        "'name: A~base: NVFP4' | s.yaml:2:7: Cannot quantize to NVFP4: llama-quantize has no such",
        "'name: A~base: pure Q9' | s.yaml:2:7: bad type: there is no type 'Q9'",
        "'name: A~base: pure IQ1_S' | s.yaml:2:7: bad type: IQ1_S can be read but not written",
        "'name: A~base: [Q4_K_M]' | s.yaml:2:7: the base has to be a single word or number",
        "'name: A~base:' | s.yaml:2:6: the base has no value",
        "'name: Q4_K_M~base: Q4_K_M' | s.yaml:1:7: the name Q4_K_M is taken by llama-quantize",
        "'name: copy~base: Q4_K_M' | s.yaml:1:7: the name copy is taken by llama-quantize",
        "'name: A~base: Q4_K_M~fallback: maybe' | s.yaml:3:11: fallback is llama or strict",
        "'name: A~base: Q4_K_M~file_type: 99' | s.yaml:3:12: '99' is no type of llama-quantize",
        "'name: A~base: Q4_K_M~rules: x' | s.yaml:3:8: rules has to be a list",
        "'name: A~  base: Q4_K_M' | s.yaml:2:7: mapping values are not allowed here",
        "'name: A~base: \"Q4' | s.yaml:2:10: found unexpected end of stream",
        "'name: A~base: Q4_K_M~---~name: B' | s.yaml:3:1: but found another document",
        "'name: &a A~base: *a' | s.yaml:1:7: anchors and aliases are not supported",
        "'name: !!java.net.URL A~base: Q4_K_M' | s.yaml:1:7: Global tag is not allowed:"
            + " tag:yaml.org,2002:java",
        "'!!map~name: A~base: !x Q4_K_M' | s.yaml:3:7: the tag !x is not supported",
        "'name: A~base: Q4_K_M~<<: {a: b}' | s.yaml:3:1: the tag tag:yaml.org,2002:merge is not",
        "'{name: A, base: Q4_K_M, ? [x] : y}' | s.yaml:1:27: a key has to be a single word",
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> parse(text.replace('~', '\n')))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | s.yaml:4:5: a rule has to be a mapping of role, layers, name, type",
        "{} | s.yaml:4:5: a rule needs the key 'type'",
        "{role: ffn} | s.yaml:4:5: a rule needs the key 'type'",
        "{type: Q4_K} | s.yaml:4:5: a rule needs role, layers or name",
        "'{role: ffn, typ: Q4_K}' | s.yaml:4:17: there is no key 'typ' in a rule",
        "'{role: ffm, type: Q4_K}' | s.yaml:4:12: there is no role 'ffm'; did you mean ffn; the"
            + " roles are",
        "'{role: [], type: Q4_K}' | s.yaml:4:12: role is an empty list",
        "'{role: [ffn, {a: b}], type: Q4_K}' | s.yaml:4:18: role has to be a single word",
        "'{role: ffn, type: Q4}' | s.yaml:4:23: bad type: there is no type 'Q4'",
        "'{role: ffn, type: IQ3_S}' | s.yaml:4:23: bad type: IQ3_S can be read but not written",
        "'{role: ffn, type: I8}' | s.yaml:4:23: bad type: I8 can be read but not written",
        "'{layers: lost, type: Q4_K}' | s.yaml:4:14: 'lost' names no layers; use first, last",
        "'{layers: 0..3, type: Q4_K}' | s.yaml:4:14: '0..3' names no layers",
        "'{layers: 3-1, type: Q4_K}' | s.yaml:4:14: layers '3-1' end before they start",
        "'{layers: last--3, type: Q4_K}' | s.yaml:4:14: layers 'last--3' end before they start",
        "'{layers: 1-2-3, type: Q4_K}' | s.yaml:4:14: '1-2-3' names no layers",
        "'{name: \"a(\", type: Q4_K}' | s.yaml:4:12: Cannot use pattern 'a(': '(' is not closed",
      })
  void saysWhatIsWrongWithARule(String rule, String message) {
    assertThatThrownBy(() -> parse(HEAD + "rules:\n  - " + rule))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void listsTheRolesForAMistypedOne() {
    assertThatThrownBy(() -> parse(HEAD + "rules: [{role: ffm, type: Q4_K}]"))
        .hasMessageContaining("token_embedding")
        .hasMessageContaining("attention_q")
        .hasMessageContaining("experts_down");
  }

  @Test
  void isNotBlownUpByAliases() {
    StringBuilder text = new StringBuilder("name: A\nbase: Q4_K_M\nrules:\n");
    text.append("  - &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String alias = "*a" + (i - 1);
      text.append("  - &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThatThrownBy(() -> parse(text.toString())).isInstanceOf(PolicyException.class));
  }

  @Test
  void isNotExhaustedByDepthOrLength() {
    String deep = HEAD + "rules: " + "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> parse(deep)).isInstanceOf(PolicyException.class);
    String longText = HEAD + "description: " + "x".repeat(2 << 20);
    assertThatThrownBy(() -> parse(longText)).isInstanceOf(PolicyException.class);
    assertThatThrownBy(() -> parse("name: \u0007\nbase: Q4_K_M"))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void readsFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, HEAD);
    assertThat(SchemeParser.read(file).name()).isEqualTo("A");

    Files.write(file, "name: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SchemeParser.read(file)).hasMessage(file + ": the file is not UTF-8");
    Files.write(file, new byte[YamlDocument.MAX_LENGTH + 1]);
    assertThatThrownBy(() -> SchemeParser.read(file))
        .hasMessage(file + ": the file is too large for a scheme");
    Path missing = folder.resolve("b.yaml");
    assertThatThrownBy(() -> SchemeParser.read(missing))
        .hasMessage("Cannot read scheme " + missing + ": there is no such file");
  }

  private static Scheme parse(String text) {
    return SchemeParser.parse("s.yaml", text);
  }
}
