package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of a run of 1.6 trillion weights on a thousand cores. */
class DriverMemoryTest {
  /** Of the gibibyte that the driver may take, what is not left to Spark. */
  private static final String HEAP = "-Xmx640m";

  @Test
  void theDriverStaysBelowAGibibyte(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "@" + Path.of(System.getProperty("sparkquant.home", ".."), "conf/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                DriverAtScale.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(log.toFile())
            .start();

    assertThat(process.waitFor()).isZero();
    List<Long> figures =
        Arrays.stream(Files.readString(log).strip().split(" ")).map(Long::valueOf).toList();
    assertThat(figures.get(0)).as("bytes of the largest task").isLessThan(100_000);
    assertThat(figures.get(1)).as("bytes that all tasks share").isLessThan(1 << 20);
    assertThat(figures.get(2)).as("tensors").isGreaterThan(1000);
  }
}
