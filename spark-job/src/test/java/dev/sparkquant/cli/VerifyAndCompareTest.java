package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} and {@code compare} on what real runs have written. */
class VerifyAndCompareTest {
  private static final String MODEL = GoldenModels.demo("tiny-mistral-bf16.gguf").toString();

  @TempDir private static Path runs;
  @TempDir private Path folder;

  @BeforeAll
  static void sweep() {
    sweep("one", "Q4_K_M,Q8_0");
    sweep("two", "Q4_K_M,Q6_K", "--tensor-type", "ffn_down=Q5_K");
  }

  private static void sweep(String name, String schemes, String... more) {
    List<String> line = new ArrayList<>(List.of("sweep", "-i", MODEL, "--quiet"));
    line.addAll(List.of("-d", runs.resolve(name).toString(), "-s", schemes));
    line.addAll(List.of("--name", "{scheme}.gguf"));
    line.addAll(List.of(more));
    CommandResult result = CommandResult.of(line);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static String file(String name) {
    return runs.resolve(name).toString();
  }

  private static JsonNode json(CommandResult result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  /** A copy with one bit of a tensor's data turned over. */
  private Path damaged(String original, String tensor) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(original));
    GgufModel model = GgufModel.open(Path.of(original));
    int position =
        model.tensors().stream()
            .filter(candidate -> candidate.name().equals(tensor))
            .mapToInt(found -> Math.toIntExact(found.position() + found.bytes() / 2))
            .findFirst()
            .orElseThrow();
    bytes[position] ^= 1;
    return Files.write(folder.resolve(Path.of(original).getFileName()), bytes);
  }

  @Test
  void whatARunWroteIsFoundWholeByItsRecord() throws Exception {
    CommandResult result =
        CommandResult.of("verify", file("one/Q4_K_M.gguf"), file("one/Q8_0.gguf"), "--json");
    assertThat(result.exitCode()).as(result.out()).isZero();
    JsonNode first = json(result).at("/files/0");
    assertThat(first.get("whole").asBoolean()).isTrue();
    assertThat(first.get("tensors").asInt()).isEqualTo(75);
    assertThat(first.get("run").asText()).isEqualTo(file("one/run"));
    assertThat(CommandResult.of("verify", file("one/Q8_0.gguf")).out())
        .contains("whole", "as the run in");
  }

  @Test
  void theDamagedTensorIsNamed() throws Exception {
    Path copy = damaged(file("one/Q4_K_M.gguf"), "blk.3.ffn_up.weight");

    assertThat(CommandResult.of("verify", copy.toString()).out())
        .contains("no record of a run beside it");
    CommandResult result = CommandResult.of("verify", copy.toString(), "--run", file("one/run"));
    assertThat(result.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(result.out()).contains("DAMAGED", "blk.3.ffn_up.weight: its data changed");
    JsonNode problems =
        json(CommandResult.of("verify", copy.toString(), "--run", file("one/run"), "--json"))
            .at("/files/0/problems");
    assertThat(problems).hasSize(1);
    assertThat(problems.at("/0/tensor").asText()).isEqualTo("blk.3.ffn_up.weight");
  }

  @Test
  void oneDamagedFileDoesNotHideTheOthers() throws Exception {
    Path cut = folder.resolve("cut.gguf");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(Path.of(MODEL)), 1_000_000));
    CommandResult result = CommandResult.of("verify", cut.toString(), MODEL);
    assertThat(result.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(result.out()).contains("cut.gguf: DAMAGED", "too early", MODEL + ": whole");
  }

  @Test
  void aRunThatDidNotWriteTheFileIsRefused() {
    CommandResult result = CommandResult.of("verify", MODEL, "--run", file("one/run"));
    assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
    assertThat(result.err()).contains("wrote no file of that name");
  }

  @Test
  void modelsAreComparedByMetadataTypesAndErrors() throws Exception {
    CommandResult plain = CommandResult.of("compare", MODEL, file("one/Q4_K_M.gguf"));
    assertThat(plain.exitCode()).isZero();
    assertThat(plain.out())
        .contains("general.file_type", "32", "15", "output.weight", "Q6_K", "--errors");

    JsonNode json =
        json(CommandResult.of("compare", MODEL, file("one/Q4_K_M.gguf"), "--errors", "--json"));
    assertThat(json.at("/a/bits_per_weight").asDouble()).isGreaterThan(16);
    assertThat(json.get("metadata").findValuesAsText("key"))
        .containsExactly("general.file_type", "general.quantization_version");
    assertThat(json.get("tensors")).hasSize(75);
    for (JsonNode tensor : json.get("tensors")) {
      boolean copied = tensor.at("/a/type").equals(tensor.at("/b/type"));
      assertThat(tensor.get("identical").asBoolean()).isEqualTo(copied);
      assertThat(tensor.get("relative_rms_error").asDouble())
          .isBetween(copied ? 0 : 0.01, copied ? 0 : 0.1);
    }
  }

  @Test
  void aTensorThatDiffersInOneBitIsFound() throws Exception {
    Path copy = damaged(file("one/Q8_0.gguf"), "blk.1.attn_q.weight");
    CommandResult result =
        CommandResult.of("compare", file("one/Q8_0.gguf"), copy.toString(), "--errors");
    assertThat(result.out())
        .contains("blk.1.attn_q.weight", "data of 74 are identical")
        .doesNotContain("blk.2");
  }

  @Test
  void runsAreComparedByWhatBothWrote() throws Exception {
    for (String name : List.of("one", "two")) {
      Path run = Path.of(file(name + "/run"));
      double mean = name.equals("one") ? 0.25 : 0.5;
      RunRecord.read(run)
          .with(
              new RunRecord.Divergence(
                  MODEL, 512, List.of(), 1, List.of(Map.of("name", "Q4_K_M", "kld_mean", mean))))
          .write(run);
    }
    CommandResult text = CommandResult.of("compare", file("one"), file("two/run"));
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("mean KLD", "0.25", "+0.25", "missing", "blk.0.ffn_down.weight", "Q5_K");

    JsonNode json = json(CommandResult.of("compare", file("one"), file("two"), "--json"));
    assertThat(json.get("outputs").findValuesAsText("name"))
        .containsExactly("Q4_K_M", "Q8_0", "Q6_K");
    assertThat(json.at("/outputs/0/b/kld_mean").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/outputs/1/b").isNull()).isTrue();
    assertThat(json.get("tensors")).isNotEmpty();
    assertThat(json.get("tensors"))
        .allMatch(tensor -> tensor.get("name").asText().contains("ffn_down"));
  }

  @Test
  void aFileAndARunAreNotComparable() {
    CommandResult result = CommandResult.of("compare", MODEL, file("one/run"));
    assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err()).contains("two GGUF files or two run folders");
    assertThat(CommandResult.of("compare", file("one"), file("two"), "--errors").exitCode())
        .isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void allShardsOfAModelAreOneModel() throws Exception {
    String prefix = folder.resolve("split").toString();
    GoldenModels.split(Path.of(MODEL), prefix, List.of(0, 30));
    CommandResult result =
        CommandResult.of(
            "verify", prefix + "-00001-of-00002.gguf", prefix + "-00002-of-00002.gguf");
    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out()).hasLineCount(1).contains("75 tensors");
  }
}
