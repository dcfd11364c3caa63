package dev.sparkquant.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Finds out where a run takes place. */
public final class RunEnvironment {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private RunEnvironment() {}

  /**
   * The environment of a run whose Spark is still up.
   *
   * @param kernels the kernel implementations that its tasks used
   */
  public static RunRecord.Environment of(JavaSparkContext spark, List<String> kernels) {
    return new RunRecord.Environment(
        System.getProperty("java.version"),
        spark.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        cpu(),
        spark.defaultParallelism(),
        spark.master(),
        String.join(" and ", kernels));
  }

  /** The processor's name where the system tells it, else its architecture. */
  private static String cpu() {
    try {
      for (String line : Files.readAllLines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      // Not Linux: other systems tell it elsewhere or not at all.
    }
    return System.getProperty("os.arch");
  }
}
