package dev.sparkquant.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordTest {
  @TempDir private Path folder;

  private static RunRecord run() {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Software("0.1.0", "abc1234"),
        List.of("quantize", "--input", "a.gguf"),
        "2026-11-24T01:02:03Z",
        new RunRecord.Environment("17", "4.2.0", "Linux", "a cpu", 2, "local[2]", "scalar"),
        new RunRecord.Input(
            List.of(new RunRecord.InputFile("a.gguf", 10, "00")), "A", "llama", 8L, 100, 10),
        List.of(
            new RunRecord.Output(
                "MINE",
                "MINE",
                "name: MINE\nbase: Q4_K\n",
                List.of("--imatrix", "x.dat"),
                List.of("out.gguf"),
                5,
                4.5,
                true,
                null)),
        new RunRecord.Quantization(1.5, 2.5, 90, 0),
        null);
  }

  @Test
  void comesBackAsWritten() throws IOException {
    run().write(folder);
    assertThat(RunRecord.read(folder)).isEqualTo(run());

    RunRecord measured =
        run()
            .with(
                new RunRecord.Divergence(
                    "a.gguf",
                    512,
                    List.of(new RunRecord.CorpusText("t", "t.txt", 4, 2048)),
                    3.5,
                    List.of(Map.of("name", "MINE", "kld_mean", 0.25))));
    measured.write(folder);
    assertThat(RunRecord.read(folder)).isEqualTo(measured);
    assertThat(folder)
        .isDirectoryContaining("glob:**/run.json")
        .isDirectoryNotContaining("glob:**/*.unfinished");
  }

  @Test
  void fieldsHaveTheNamesOfTheFormat() throws IOException {
    run().write(folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "format",
            "sparkquant",
            "command",
            "started",
            "environment",
            "input",
            "outputs",
            "quantize",
            "divergence");
    assertThat(json.at("/input/files/0/header_sha256").asText()).isEqualTo("00");
    assertThat(json.at("/outputs/0/bits_per_weight").asDouble()).isEqualTo(4.5);
    assertThat(json.at("/quantize/encoded_weights").asLong()).isEqualTo(90);
    assertThat(json.get("divergence").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{\"format\": 2}", "{\"format\": 1, \"command\": {}}"})
  void whatIsNoRecordIsRefused(String text) throws IOException {
    Files.writeString(folder.resolve("run.json"), text);
    assertThatThrownBy(() -> RunRecord.read(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot read " + folder.resolve("run.json"));
  }

  @Test
  void theInputIsDescribedByItsHeader() throws Exception {
    Path model = Path.of("src/test/resources/models/odd-rows-f32.gguf");
    GgufModel opened = GgufModel.open(model);

    RunRecord.Input input = RunInput.of(opened, InputOpener.local());

    byte[] bytes = Files.readAllBytes(model);
    byte[] header =
        Arrays.copyOf(bytes, Math.toIntExact(opened.shards().get(0).header().dataOffset()));
    assertThat(input.files())
        .containsExactly(
            new RunRecord.InputFile(
                model.toString(),
                bytes.length,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(header))));
    assertThat(input.architecture()).isEqualTo("llama");
    assertThat(input.bytes()).isEqualTo(bytes.length);
    assertThat(input.layers()).isPositive();
    assertThat(input.parameters()).isGreaterThan(bytes.length / 5);
  }

  @Test
  void aRecordWithoutItsPartsIsRefused() throws IOException {
    Files.writeString(
        folder.resolve(RunRecord.FILE_NAME),
        "{\"format\": 1, \"command\": [], \"outputs\": [], \"started\": \"x\"}");

    assertThatThrownBy(() -> RunRecord.read(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("it is not the record of a run (");
  }

  @Test
  void aRecordOfManyMegabytesIsNotRead() throws IOException {
    try (LocalFileOutput file = LocalFileOutput.create(folder.resolve(RunRecord.FILE_NAME))) {
      file.write(1L << 30, new byte[1], 0, 1);
    }

    assertThatThrownBy(() -> RunRecord.read(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("larger than the record of a run can be");
  }
}
