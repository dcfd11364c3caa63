package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver killed at any moment and started again with {@code --resume} ends with the right bytes,
 * and encodes nothing again that it had recorded: of what was done twice, all was in flight.
 */
class ResumedRunTest {
  private static final int KILLS = 10;
  private static final long SEED = 20261124;
  private static final int MOST_SLICES = 3;
  private static final long LONGEST_DELAY_MILLIS = 300;

  @TempDir private Path folder;

  @Test
  void finishedSlicesAreNotEncodedAgain() throws Exception {
    Path model = RandomModel.write(folder.resolve("model.gguf"), 16, SEED);
    Path expected = folder.resolve("expected.gguf");
    assertThat(start(command(model, expected)).waitFor()).as(log()).isZero();
    Path output = folder.resolve("out.gguf");
    Path manifest = folder.resolve("out.gguf.unfinished/manifest");
    List<String> resume = new ArrayList<>(command(model, output));
    resume.add("--resume");

    SplittableRandom random = new SplittableRandom(SEED);
    int recorded = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = startSlowly(resume);
      // A random point of the work, however fast the machine is, and a random moment from there.
      await(process, manifest, recorded + random.nextInt(MOST_SLICES));
      boolean ended = process.waitFor(random.nextLong(LONGEST_DELAY_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();

      if (ended) {
        assertThat(process.exitValue()).as(log()).isZero();
        assertThat(output).hasSameBinaryContentAs(expected);
        Files.delete(output);
        recorded = 0;
      } else {
        List<String> slices = slices(manifest);
        assertThat(slices).as("seed %d, kill %d", SEED, kill).doesNotHaveDuplicates();
        recorded = slices.size();
      }
    }

    Process process = startSlowly(resume);
    await(process, manifest, recorded + 1);
    process.destroyForcibly().waitFor();
    recorded = slices(manifest).size();
    assertThat(start(resume).waitFor()).as(log()).isZero();
    assertThat(log()).contains("unfinished run: " + recorded + " of 16 slices were there");
    assertThat(output).hasSameBinaryContentAs(expected);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".unfinished"));
    }
  }

  @Test
  void aSweepGoesOnWithAllItsOutputs() throws Exception {
    Path model = RandomModel.write(folder.resolve("model.gguf"), 6, SEED);
    assertThat(start(sweep(model, "whole")).waitFor()).as(log()).isZero();
    List<String> resume = new ArrayList<>(sweep(model, "broken"));
    resume.add("--resume");
    Path manifest = folder.resolve("broken/Q4_K_M.gguf.unfinished/manifest");
    Process process = startSlowly(resume);
    await(process, manifest, 2);
    process.destroyForcibly().waitFor();
    int recorded = slices(manifest).size();
    assertThat(recorded).isGreaterThanOrEqualTo(2);

    assertThat(start(resume).waitFor()).as(log()).isZero();

    assertThat(log()).contains("unfinished run: " + recorded + " of 6 slices were there");
    for (String name : List.of("Q4_K_M.gguf", "Q6_K.gguf")) {
      assertThat(DemoCommand.sha256(folder.resolve("broken").resolve(name)))
          .isEqualTo(DemoCommand.sha256(folder.resolve("whole").resolve(name)));
    }
    try (Stream<Path> files = Files.list(folder.resolve("broken"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".unfinished"));
    }
  }

  private List<String> sweep(Path model, String outputs) {
    List<String> words = new ArrayList<>(List.of("sweep", "-i", model.toString()));
    words.addAll(List.of("-d", folder.resolve(outputs).toString()));
    words.addAll(List.of("-s", "Q4_K_M,Q6_K", "--name", "{scheme}.gguf"));
    return words;
  }

  /** Waits until that many slices are recorded, or the run has ended. */
  private static void await(Process process, Path manifest, int slices) throws Exception {
    while (process.isAlive() && (!Files.exists(manifest) || slices(manifest).size() < slices)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private static List<String> command(Path model, Path output) {
    return List.of("quantize", "-i", model.toString(), "-o", output.toString(), "-s", "Q4_K_M");
  }

  private Process start(List<String> command) throws Exception {
    return ChildProcess.start(folder.resolve("log"), List.of(), command);
  }

  /** With the scalar kernels, so that there is time to kill it. */
  private Process startSlowly(List<String> command) throws Exception {
    return ChildProcess.start(
        folder.resolve("log"), List.of("-Dsparkquant.kernels=scalar"), command);
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("log"));
  }

  /** Numbers of the slices that are recorded; a line that is cut off is not. */
  private static List<String> slices(Path manifest) throws Exception {
    String text = Files.exists(manifest) ? Files.readString(manifest) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.contains(" slice "))
        .map(line -> line.split(" ", -1)[2])
        .toList();
  }
}
