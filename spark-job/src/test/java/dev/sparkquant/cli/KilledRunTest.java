package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver killed at any moment leaves the old output or the new one, and the next run goes on. */
class KilledRunTest {
  private static final int KILLS = 6;
  private static final long SEED = 20261123;

  /** What llama-quantize writes for Q4_K_M. */
  private static final String NEW =
      "2d8d884a9d196a50c0cfcc7310fd413b732b18fa9d408f7314854f53dd0ae812";

  @TempDir private Path folder;

  @Test
  void leavesTheOldOutputOrTheNewOne() throws Exception {
    Path model = GoldenModels.demo("tiny-mistral-bf16.gguf");
    String modelBefore = DemoCommand.sha256(model);
    Path output = folder.resolve("out.gguf");
    List<String> arguments =
        List.of(
            "quantize",
            "-i",
            model.toString(),
            "-o",
            output.toString(),
            "-s",
            "Q4_K_M",
            "--overwrite");
    long start = System.nanoTime();
    assertThat(run(arguments)).isZero();
    long wholeRun = System.nanoTime() - start;
    assertThat(DemoCommand.sha256(output)).isEqualTo(NEW);

    SplittableRandom random = new SplittableRandom(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      Files.writeString(output, "the old output");
      long delay = random.nextLong(wholeRun);

      Process process = ChildProcess.start(folder.resolve("log"), List.of(), arguments);
      process.waitFor(delay, TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();

      if (!DemoCommand.sha256(output).equals(NEW)) {
        assertThat(output).as("killed after %d ns", delay).hasContent("the old output");
      }
    }

    assertThat(run(arguments)).as(Files.readString(folder.resolve("log"))).isZero();
    assertThat(DemoCommand.sha256(output)).isEqualTo(NEW);
    assertThat(DemoCommand.sha256(model)).isEqualTo(modelBefore);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("out.gguf", "out.run", "log");
    }
  }

  private int run(List<String> arguments) throws Exception {
    return ChildProcess.start(folder.resolve("log"), List.of(), arguments).waitFor();
  }
}
