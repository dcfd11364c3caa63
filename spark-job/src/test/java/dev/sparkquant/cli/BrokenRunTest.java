package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that break off: either the right bytes come of it or one sentence, the old output stays, and
 * what is left is named and can be removed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenRunTest {
  private static final long SEED = 4;
  private static final int MUTATIONS = 30;
  private static final int LINES_BEFORE_SLICES = 4;

  private Path folder;
  private Path model;

  @BeforeAll
  void writeModel(@TempDir Path temporary) throws IOException {
    folder = temporary;
    model = RandomModel.write(folder.resolve("model.gguf"), 6, SEED);
  }

  private static List<String> command(Path model, Path output, String... more) {
    List<String> words = new ArrayList<>(List.of("quantize", "-i", model.toString()));
    words.addAll(List.of("-o", output.toString(), "-s", "Q4_K_M"));
    words.addAll(List.of(more));
    return words;
  }

  private static CommandResult run(List<String> command) {
    System.setProperty("spark.master", "local[2]");
    try {
      return CommandResult.of(command);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private Process startSlowly(List<String> command) throws IOException {
    return ChildProcess.start(
        folder.resolve("log"), List.of("-Dsparkquant.kernels=scalar"), command);
  }

  private static Path manifest(Path output) {
    return output.resolveSibling(output.getFileName() + ".unfinished").resolve("manifest");
  }

  private static long lines(Path manifest) throws IOException {
    return Files.exists(manifest) ? Files.readString(manifest).lines().count() : 0;
  }

  /** Leaves a run behind that had recorded some slices when it was killed. */
  private void leaveUnfinished(Path output) throws Exception {
    Process process = startSlowly(command(model, output));
    awaitSlice(process, output);
    process.destroyForcibly().waitFor();
    assertThat(manifest(output)).as(Files.readString(folder.resolve("log"))).exists();
  }

  private static void awaitSlice(Process process, Path output) throws Exception {
    while (process.isAlive() && lines(manifest(output)) <= LINES_BEFORE_SLICES) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private static String onlySentence(CommandResult result) {
    List<String> lines =
        result.err().lines().filter(line -> line.startsWith("sparkquant: ")).toList();
    assertThat(lines).as(result.err()).hasSize(1);
    assertThat(result.err()).doesNotContain("\tat ");
    return lines.get(0);
  }

  @Test
  void mutatedManifestsAreRefusedOrHarmless() throws Exception {
    Path output = folder.resolve("mutated.gguf");
    leaveUnfinished(output);
    byte[] intact = Files.readAllBytes(manifest(output));
    byte[] unpublished = Files.readAllBytes(manifest(output).resolveSibling("mutated.gguf"));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = intact.clone();
      // Within whole lines: a last line without its end is what a killed run may leave.
      int place = random.nextInt(new String(intact, StandardCharsets.ISO_8859_1).lastIndexOf('\n'));
      mutated[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(manifest(output), mutated);

      CommandResult result = run(command(model, output, "--resume"));

      String sentence = onlySentence(result);
      assertThat(sentence).as("seed %d, mutation %d", SEED, i).contains("is damaged in line");
      assertThat(result.exitCode()).isEqualTo(ExitCodes.STORAGE);
      assertThat(output).doesNotExist();
      assertThat(manifest(output)).hasBinaryContent(mutated);
    }
    assertThat(manifest(output).resolveSibling("mutated.gguf")).hasBinaryContent(unpublished);

    Path expected = folder.resolve("expected.gguf");
    assertThat(run(command(model, expected)).exitCode()).isZero();
    // Bytes that are not what the manifest says are encoded again.
    for (int i = 0; i < unpublished.length; i += 1 << 20) {
      unpublished[i] ^= 1;
    }
    Files.write(manifest(output).resolveSibling("mutated.gguf"), unpublished);
    Files.write(manifest(output), Arrays.copyOf(intact, intact.length - 1));
    assertThat(run(command(model, output, "--resume")).exitCode()).isZero();
    assertThat(output).hasSameBinaryContentAs(expected);
  }

  @Test
  void anotherInputOrSchemeIsRefusedAndLeavesWhatIsThere() throws Exception {
    Path output = folder.resolve("other.gguf");
    Path copy = Files.copy(model, folder.resolve("copy.gguf"));
    Path original = model;
    model = copy;
    leaveUnfinished(output);
    model = original;
    byte[] recorded = Files.readAllBytes(manifest(output));

    List<String> otherScheme = command(copy, output, "--resume", "-s", "Q5_K_M");
    otherScheme.removeAll(List.of("Q4_K_M"));
    otherScheme.remove("-s");
    assertThat(onlySentence(run(otherScheme)))
        .contains("Cannot resume: the scheme, the options or the outputs are others");
    Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000_000));
    assertThat(onlySentence(run(command(copy, output, "--resume"))))
        .contains("Cannot resume: the input has changed");
    assertThat(manifest(output)).hasBinaryContent(recorded);

    CommandResult anew = run(command(copy, output));
    assertThat(anew.exitCode()).as(anew.err()).isZero();
    assertThat(onlySentence(anew)).contains("anew, replacing", "--resume would go on from it");
  }

  @Test
  void anInputThatChangesUnderTheRunIsNoticed() throws Exception {
    Path output = Files.writeString(folder.resolve("changing.gguf"), "old");
    Path copy = Files.copy(model, folder.resolve("input.gguf"));
    Process process = startSlowly(command(copy, output, "--overwrite"));
    awaitSlice(process, output);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(2_000_000));

    assertThat(process.waitFor()).isEqualTo(ExitCodes.INPUT);
    assertThat(Files.readString(folder.resolve("log")))
        .contains("Cannot publish the outputs: " + copy + " changed while it was read");
    assertThat(output).hasContent("old");
    assertThat(manifest(output).getParent()).doesNotExist();
  }

  @Test
  void aDiskThatFillsLeavesTheOldOutputAndWhatIsFinished() throws Exception {
    Path output = Files.writeString(folder.resolve("full.gguf"), "old");
    Path log = folder.resolve("full.log");
    List<String> arguments = command(model, output, "--overwrite", "--resume");
    Process process = ChildProcess.start(log, List.of("-Dsparkquant.kernels=scalar"), arguments);
    awaitSlice(process, output);
    // From now on nothing can be written behind a file's first hundred thousand bytes.
    limitFiles(process, 100_000);

    assertThat(process.waitFor()).as(Files.readString(log)).isNotZero();
    assertThat(output).hasContent("old");
    assertThat(Files.readString(log))
        .contains("Cannot write " + manifest(output).resolveSibling("full.gguf") + ": ")
        .contains("; what is finished stays in " + manifest(output).getParent())
        .contains("--resume", "sparkquant clean")
        .doesNotContain("\tat ");
    CommandResult resumed = run(arguments);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Went on from an unfinished run");
    Path expected = folder.resolve("not-full.gguf");
    assertThat(run(command(model, expected)).exitCode()).isZero();
    assertThat(output).hasSameBinaryContentAs(expected);
  }

  private static void limitFiles(Process process, long bytes) throws Exception {
    String limit = "--fsize=" + bytes;
    int code =
        new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), limit)
            .start()
            .waitFor();
    assertThat(code).isZero();
  }

  @Test
  void cleanRemovesWhatIsSparkquantsAndNothingElse() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path output = place.resolve("out.gguf");
    leaveUnfinished(output);
    Path left = manifest(output).getParent();
    Path outside = Files.createDirectory(folder.resolve("outside.unfinished"));
    Files.writeString(outside.resolve("lock"), "");
    Files.createSymbolicLink(place.resolve("link.gguf.unfinished"), outside);
    Path foreign = Files.writeString(left.resolve("notes.txt"), "mine");

    assertThat(CommandResult.of("clean", "--list", place.toString()).out())
        .contains("Left: " + left)
        .doesNotContain("link");
    assertThat(left.resolve("manifest")).exists();
    assertThat(CommandResult.of("clean", place.toString()).out()).contains("stays: " + foreign);
    assertThat(foreign).hasContent("mine");
    try (Stream<Path> files = Files.list(left)) {
      assertThat(files).containsExactly(foreign);
    }
    Files.delete(foreign);
    assertThat(CommandResult.of("clean", output.toString()).out()).contains("Removed " + left);
    assertThat(left).doesNotExist();
    assertThat(outside.resolve("lock")).exists();
    assertThat(CommandResult.of("clean", place.toString()).out()).contains("Nothing is left");
    assertThat(onlySentence(CommandResult.of("clean", "hdfs://host/out.gguf")))
        .contains("Cannot clean hdfs://host/out.gguf: ", "the next run to the same output");
  }
}
