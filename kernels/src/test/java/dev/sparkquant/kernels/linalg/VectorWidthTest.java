package dev.sparkquant.kernels.linalg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Processes that use vectors of other widths, or none, compute the same bits. */
class VectorWidthTest {

  @Test
  void resultsDoNotDependOnTheWidth() throws IOException, InterruptedException {
    Map<String, String> digests = new TreeMap<>();
    digests.put("scalar", Digest.of(Samples.scalar()));
    for (int bytes : new int[] {16, 32, 64}) {
      String[] words = run("-XX:MaxVectorSize=" + bytes).split(" ");
      digests.put(words[0], words[1]);
    }
    String widest = Samples.vector().name();
    assertThat(digests).containsKeys("vector-128", widest);
    assertThat(digests.values()).as("%s", digests).containsOnly(digests.get("scalar"));
  }

  private static String run(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Digest.class.getName(),
                "vector")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("exit of java %s: %s", option, output).isZero();
    return output.lines().filter(line -> line.startsWith("vector-")).findFirst().orElse(output);
  }
}
