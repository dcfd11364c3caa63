package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kernels a JVM gets, seen from outside: the choice is made once a JVM. */
class KernelChoiceTest {
  private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

  /** Prints what {@link Kernels} offers, or its error. */
  public static final class Main {

    private Main() {}

    public static void main(String[] args) {
      try {
        System.out.println("using " + Kernels.implementation());
      } catch (IllegalStateException e) {
        System.out.println("error " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void takesVectorsOfForcedWidth(int bits) throws IOException, InterruptedException {
    String output = run(ADD_MODULE, "-Dsparkquant.vector.bits=" + bits);

    assertThat(output).contains("using vector-" + bits).doesNotContain("scalar");
  }

  @Test
  void takesVectorsWhenForced() throws IOException, InterruptedException {
    assertThat(run(ADD_MODULE, "-Dsparkquant.kernels=vector")).contains("using vector-");
  }

  @Test
  void fallsBackToScalarAndSaysHowToGetVectors() throws IOException, InterruptedException {
    String output = run();

    assertThat(output).contains("using scalar");
    assertThat(output.lines().filter(line -> line.contains(ADD_MODULE))).hasSize(1);
  }

  @Test
  void staysQuietWhenScalarIsChosen() throws IOException, InterruptedException {
    assertThat(run("-Dsparkquant.kernels=scalar").strip()).isEqualTo("using scalar");
  }

  @Test
  void refusesForcedVectorsThatCannotLoad() throws IOException, InterruptedException {
    String output = run("-Dsparkquant.kernels=vector");

    assertThat(output)
        .contains("error Cannot use vector kernels: the module jdk.incubator.vector is not loaded")
        .contains(ADD_MODULE);
  }

  @Test
  void refusesUnknownChoices() throws IOException, InterruptedException {
    assertThat(run("-Dsparkquant.kernels=fast"))
        .contains(
            "error Cannot use kernels \"fast\": sparkquant.kernels is auto, scalar or vector");
  }

  @Test
  void refusesUnknownWidths() throws IOException, InterruptedException {
    assertThat(run(ADD_MODULE, "-Dsparkquant.vector.bits=64"))
        .contains("sparkquant.vector.bits is 128, 256 or 512");
  }

  /** Runs {@link Main} in a JVM with those arguments; what it prints to both streams. */
  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the JVM ends").isTrue();
    return output;
  }
}
