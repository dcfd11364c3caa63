package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is refused before work starts: one sentence, an exit code, nothing lost. */
class RefusalTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = folder.resolve("model.gguf");
    Files.copy(GoldenModels.demo("tiny-mistral-bf16.gguf"), model);
  }

  private CommandResult quantize(Path input, Path output, String scheme, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("quantize", "-i", input.toString(), "-o", output.toString()));
    arguments.addAll(List.of("-s", scheme));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments);
  }

  private void assertRefused(CommandResult result, int exitCode, String... fragments) {
    assertThat(result.err().strip()).contains(fragments).hasLineCount(1).startsWith("sparkquant: ");
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(folder.resolve("out.gguf")).doesNotExist();
    assertThat(folder.resolve("out.gguf.unfinished")).doesNotExist();
  }

  @Test
  void aMissingInput() {
    Path missing = folder.resolve("missing.gguf");
    assertRefused(
        quantize(missing, folder.resolve("out.gguf"), "Q4_K_M"),
        ExitCodes.STORAGE,
        missing + ": no such file");
  }

  @Test
  void aDamagedInput() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[4] = 99;
    Files.write(model, bytes);
    assertRefused(
        quantize(model, folder.resolve("out.gguf"), "Q4_K_M"),
        ExitCodes.INPUT,
        model.toString(),
        "at byte 4",
        "99");
  }

  @Test
  void aTruncatedInput() throws IOException {
    try (var channel =
        java.nio.channels.FileChannel.open(model, java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(5_000_000);
    }
    assertRefused(
        quantize(model, folder.resolve("out.gguf"), "Q4_K_M"), ExitCodes.INPUT, model.toString());
  }

  @Test
  void anExistingOutput() throws IOException {
    Path output = Files.writeString(folder.resolve("old.gguf"), "precious");
    CommandResult result = quantize(model, output, "Q4_K_M");
    assertThat(result.err()).contains("it exists; use --overwrite");
    assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
    assertThat(output).hasContent("precious");
  }

  @Test
  void theInputAsOutput() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Path link = Files.createSymbolicLink(folder.resolve("link.gguf"), model);
    Path hard = Files.createLink(folder.resolve("hard.gguf"), model);
    for (Path output : List.of(model, link, hard)) {
      CommandResult result = quantize(model, output, "Q4_K_M", "--overwrite");
      assertThat(result.err()).contains("it is the input");
      assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
    }
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void anUnknownScheme() {
    assertRefused(
        quantize(model, folder.resolve("out.gguf"), "Q4_K_XL"),
        ExitCodes.INPUT,
        "There is no scheme 'Q4_K_XL'",
        "Q4_K_XXXL");
  }

  @Test
  void aSchemeThatNeedsAnImportanceMatrix() {
    assertRefused(
        quantize(model, folder.resolve("out.gguf"), "Q2_K_S"),
        ExitCodes.INPUT,
        "importance matrix",
        "blk.0.");
  }

  @Test
  void anImportanceMatrixOfAnotherModel() {
    Path odd = Path.of("src/test/resources/models/odd-rows-f32.gguf");
    Path matrix = GoldenModels.demo("tiny-mistral.imatrix.dat");
    assertRefused(
        quantize(odd, folder.resolve("out.gguf"), "Q4_K_M", "--imatrix", matrix.toString()),
        ExitCodes.INPUT,
        "it was made for another model");
  }

  @Test
  void quantizingWhatIsQuantized() throws IOException {
    Path iq2 = folder.resolve("iq2.gguf");
    Files.copy(
        Path.of("src/test/resources/models/tiny-mistral-iq2_m.gguf"),
        iq2,
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        quantize(iq2, folder.resolve("out.gguf"), "Q4_K_M"), ExitCodes.INPUT, "--allow-requantize");
  }

  @Test
  void aSchemeFileWithAMistake() throws IOException {
    Path scheme = Files.writeString(folder.resolve("my.yaml"), "base: Q4_K_M\nrulez: []\n");
    assertRefused(
        quantize(model, folder.resolve("out.gguf"), scheme.toString()),
        ExitCodes.INPUT,
        "my.yaml:2:1",
        "rulez");
  }

  @Test
  void anOutputFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CommandResult result = quantize(model, file.resolve("x.gguf"), "Q4_K_M");
    assertThat(result.err()).contains("choose another folder").hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
  }

  @Test
  void anOutputOnAFileSystemWhoseClassesAreMissing() {
    System.setProperty("spark.hadoop.fs.s3a.impl", "org.example.Missing");
    try {
      for (String output : List.of("s3a://bucket/out.gguf", "ftp2://host/out.gguf")) {
        CommandResult result =
            CommandResult.of("quantize", "-i", model.toString(), "-o", output, "-s", "Q4_K_M");
        assertThat(result.err()).contains("Cannot use " + output, "--packages").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
      }
      CommandResult input = CommandResult.of("inspect", "s3a://bucket/in.gguf");
      assertThat(input.err()).contains("-- --packages org.apache.hadoop:hadoop-aws:3.");
      assertThat(input.exitCode()).isEqualTo(ExitCodes.STORAGE);
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.impl");
    }
  }

  @Test
  void aMistypedOption() {
    CommandResult result = quantize(model, folder.resolve("out.gguf"), "Q4_K_M", "--overwrit");
    assertThat(result.err()).contains("--overwrit", "--overwrite", "quantize --help");
    assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
  }
}
