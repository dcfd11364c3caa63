package dev.sparkquant.kernels.linalg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinalgTest {

  @Test
  void prefersVectors() {
    assertThat(Linalg.implementation()).startsWith("vector-");
    assertThat(Linalg.choose("auto").name()).isEqualTo(Linalg.implementation());
  }

  @Test
  void refusesAnUnknownImplementation() {
    assertThatThrownBy(() -> Linalg.choose("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use sparkquant.linalg=gpu: it is vector, scalar or auto");
  }

  @Test
  void runsWithoutTheVectorModuleUnlessForced() throws IOException, InterruptedException {
    assertThat(run("auto")).contains("scalar " + Digest.of(Samples.scalar()));
    assertThat(run("vector"))
        .contains("Cannot use the Vector API: start Java with --add-modules jdk.incubator.vector");
  }

  private static String run(String wanted) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Digest.class.getName(),
                wanted)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
