package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors killed at random times, a fifth of the tasks failing once, and speculative copies of
 * the slow ones: every output is right.
 */
class FaultyClusterIT {
  private static final long SEED = 24;
  private static final int KILLS_A_JOB = 7;
  private static final List<String> SCHEMES = List.of("Q4_K_M", "Q6_K", "Q5_K_M");
  private static final int LONGEST_LIFE_MILLIS = 1500;

  /** 8 MiB of BF16 each: 200 MiB. */
  private static final int MATRICES = 25;

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void everyOutputIsRight() throws Exception {
    Path model = RandomModel.write(folder.resolve("model.gguf"), MATRICES, SEED);
    Path killing = folder.resolve("killing");
    Path storage = jarOfStorage(killing);
    try (StandaloneCluster cluster =
        StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, Map.of())) {
      for (String scheme : SCHEMES) {
        Path output = folder.resolve(scheme + ".gguf");
        Path log = folder.resolve(scheme + ".log");
        Files.createFile(killing);
        Process driver =
            cluster.submit(
                log,
                List.of("quantize", "-i", "faulty:" + model, "-o", output.toString(), "-s", scheme),
                sparkArguments(storage));
        int kills = killExecutors(cluster, driver, output);
        Files.delete(killing);

        String failure = "seed " + SEED + ", " + scheme;
        assertThat(driver.waitFor()).as("%s: %s", failure, Files.readString(log)).isZero();
        assertThat(kills).as(failure).isEqualTo(KILLS_A_JOB);
        Path expected = undisturbed(model, scheme);
        assertThat(DemoCommand.sha256(output)).as(failure).isEqualTo(DemoCommand.sha256(expected));
        Files.delete(expected);
      }
      assertThat(cluster.executorLogs()).contains("the network is down");
    }
  }

  private static List<String> sparkArguments(Path storage) {
    return List.of(
        "--jars",
        storage.toString(),
        "--conf",
        "spark.speculation=true",
        "--conf",
        "spark.speculation.interval=100ms",
        "--conf",
        "spark.speculation.quantile=0.3",
        // A task that stalls may be killed as often as executors are.
        "--conf",
        "spark.task.maxFailures=" + 3 * KILLS_A_JOB);
  }

  /** Kills executors from the moment tasks run; returns how many. */
  private int killExecutors(StandaloneCluster cluster, Process driver, Path output)
      throws Exception {
    Path begun = output.resolveSibling(output.getFileName() + ".unfinished").resolve("manifest");
    while (driver.isAlive() && !Files.exists(begun)) {
      driver.waitFor(20, TimeUnit.MILLISECONDS);
    }
    int kills = 0;
    while (driver.isAlive() && kills < KILLS_A_JOB) {
      driver.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
      List<ProcessHandle> executors = cluster.executors();
      if (!executors.isEmpty()) {
        ProcessHandle victim = executors.get(random.nextInt(executors.size()));
        kills += victim.destroyForcibly() ? 1 : 0;
        victim.onExit().get(10, TimeUnit.SECONDS);
      }
    }
    return kills;
  }

  private Path undisturbed(Path model, String scheme) {
    Path output = folder.resolve("expected.gguf");
    CommandResult result =
        CommandResult.of("quantize", "-i", model.toString(), "-o", output.toString(), "-s", scheme);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return output;
  }

  /** The file system and its settings, to be sent to the cluster with the application. */
  private Path jarOfStorage(Path killing) throws IOException {
    Path jar = folder.resolve("faulty.jar");
    String classFile = FaultyFileSystem.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream bytes = getClass().getClassLoader().getResourceAsStream(classFile)) {
      out.putNextEntry(new JarEntry(classFile));
      bytes.transferTo(out);
      out.putNextEntry(new JarEntry("core-site.xml"));
      out.write(
          """
          <configuration>
            <property><name>fs.faulty.impl</name><value>%s</value></property>
            <property><name>%s</name><value>%d</value></property>
            <property><name>%s</name><value>%s</value></property>
          </configuration>
          """
              .formatted(
                  FaultyFileSystem.class.getName(),
                  FaultyFileSystem.SEED,
                  SEED,
                  FaultyFileSystem.STALLS_WHILE,
                  killing)
              .getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
