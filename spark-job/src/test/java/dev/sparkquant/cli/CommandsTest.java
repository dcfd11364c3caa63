package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that need no Spark. */
class CommandsTest {
  private static final String MODEL = GoldenModels.demo("tiny-mistral-bf16.gguf").toString();

  private static JsonNode json(String... arguments) throws Exception {
    CommandResult result = CommandResult.of(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void planTellsWhatEachTensorBecomes() throws Exception {
    JsonNode plan = json("plan", "-i", MODEL, "-s", "Q4_K_XXXL", "--json");

    assertThat(plan.get("file_type").asInt()).isEqualTo(15);
    assertThat(plan.get("files").get(0).get("bytes").asLong()).isEqualTo(10_321_440);
    JsonNode first = plan.get("tensors").get(0);
    assertThat(first.get("name").asText()).isEqualTo("output.weight");
    assertThat(first.get("target_type").asText()).isEqualTo("BF16");
    assertThat(plan.findValuesAsText("target_type")).contains("F32", "BF16", "Q4_K");
  }

  @Test
  void planTellsWhatFallsBackAndWhatNeedsAnImportanceMatrix() {
    String odd = "src/test/resources/models/odd-rows-f32.gguf";
    assertThat(CommandResult.of("plan", "-i", odd, "-s", "Q4_K_M").out())
        .contains("falls back from Q4_K");
    assertThat(CommandResult.of("plan", "-i", MODEL, "-s", "Q2_K_S").out())
        .contains("NEEDS IMATRIX");
  }

  @Test
  void inspectShowsMetadataAndTensors() throws Exception {
    JsonNode model = json("inspect", MODEL, "--json");

    assertThat(model.get("metadata").get("general.architecture").asText()).isEqualTo("llama");
    assertThat(model.get("metadata").get("tokenizer.ggml.tokens")).hasSize(2048);
    assertThat(model.get("tensors")).hasSize(75);
    assertThat(CommandResult.of("inspect", MODEL).out())
        .contains("tokenizer.ggml.pre", "tekken", "blk.7.ffn_down.weight", "512 x 256");
  }

  @Test
  void schemesListsMixturesAndFiles() {
    String list = CommandResult.of("schemes").out();
    assertThat(list).contains("Q4_K_M", "Q3_K_L", "MXFP4_MOE", "COPY");
    for (String type : List.of("Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_0", "IQ4_XS")) {
      assertThat(list).contains(type + "_XXXL");
    }
    assertThat(CommandResult.of("schemes", "q4_k_xxxl").out()).contains("role: attention");
  }

  @Test
  void textFromAModelCannotControlTheTerminal() {
    assertThat(PrintableText.of("a\u001b[31m\u202eb\nc\u0000", 99))
        .isEqualTo("a\\u001b[31m\\u202eb\\nc\\u0000");
    assertThat(PrintableText.of("abcdef", 3)).isEqualTo("abc...");
  }
}
