package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application on a cluster of two workers gives what it gives on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneClusterIT {
  private static final Path MODEL = GoldenModels.demo("tiny-mistral-bf16.gguf");
  private static final String QUANTIZED =
      Path.of("src/test/resources/models/tiny-mistral-iq2_m.gguf").toAbsolutePath().toString();
  private static final String TEXT =
      Path.of("src/test/resources/corpus/timothy.txt").toAbsolutePath().toString();

  /** What llama-quantize writes for Q4_K_M. */
  private static final String Q4_K_M =
      "2d8d884a9d196a50c0cfcc7310fd413b732b18fa9d408f7314854f53dd0ae812";

  private Path folder;
  private StandaloneCluster cluster;

  @BeforeAll
  void startCluster(@TempDir Path temporary) throws Exception {
    folder = temporary;
    cluster =
        StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, Map.of());
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @Test
  void theApplicationBringsNeitherSparkNorHadoop() throws Exception {
    try (JarFile jar =
        new JarFile(Home.folder().resolve("spark-job/target/sparkquant.jar").toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("dev/sparkquant/cli/Main.class", "picocli/CommandLine.class")
          .noneMatch(name -> name.startsWith("org/apache/") || name.startsWith("scala/"))
          .noneMatch(name -> name.startsWith("com/esotericsoftware/") || name.startsWith("com/f"));
    }
  }

  @Test
  void executorsOfBothWorkersWriteTheBytesOfLlamaQuantize() throws Exception {
    Path output = folder.resolve("out.gguf");
    Path log = folder.resolve("quantize.log");
    Process driver =
        cluster.submit(
            log,
            List.of("quantize", "-i", MODEL.toString(), "-o", output.toString(), "-s", "Q4_K_M"),
            // Tasks wait until both executors are there.
            List.of("--conf", "spark.scheduler.minRegisteredResourcesRatio=1.0"));
    Set<Long> executors = new HashSet<>();
    while (!driver.waitFor(50, TimeUnit.MILLISECONDS)) {
      cluster.executors().forEach(process -> executors.add(process.pid()));
    }

    String printed = Files.readString(log);
    assertThat(driver.exitValue()).as(printed).isZero();
    assertThat(DemoCommand.sha256(output)).isEqualTo(Q4_K_M);
    assertThat(printed).containsPattern("\\(.*, vector.* kernels\\)").doesNotContain("scalar");
    assertThat(executors).hasSizeGreaterThanOrEqualTo(2).doesNotContain(driver.pid());
  }

  @Test
  void theTemplateRunsAuthenticatedAndEncrypted(@TempDir Path secured) throws Exception {
    String secret = UUID.randomUUID().toString();
    Path settings = secured.resolve("standalone.conf");
    String template = Files.readString(Home.folder().resolve("submit/standalone.conf"));
    Files.writeString(settings, template + "\nspark.authenticate.secret " + secret + "\n");
    Map<String, String> ofCluster =
        Map.of(
            "spark.authenticate", "true",
            "spark.authenticate.secret", secret,
            "spark.network.crypto.enabled", "true",
            "spark.network.crypto.cipher", "AES/GCM/NoPadding");
    Path log = folder.resolve("secured.log");
    Path output = folder.resolve("secured.gguf");
    try (StandaloneCluster closed =
        StandaloneCluster.start(Files.createDirectory(secured.resolve("c")), 1, ofCluster)) {
      Process driver =
          closed.submit(
              log,
              List.of("quantize", "-i", MODEL.toString(), "-o", output.toString(), "-s", "Q4_K_M"),
              List.of("--properties-file", settings.toString(), "--executor-cores", "2"));
      assertThat(driver.waitFor()).as(Files.readString(log)).isZero();
    }
    assertThat(DemoCommand.sha256(output)).isEqualTo(Q4_K_M);
    assertThat(Files.readString(log)).doesNotContain(secret);
  }

  @Test
  void divergencesAreTheSameTablesOnTheClusterAndOnThisMachine() throws Exception {
    Path log = folder.resolve("kld.log");
    Process driver = cluster.submit(log, kld("cluster"), List.of());
    for (int cores = 1; cores <= 2; cores++) {
      System.setProperty("spark.master", "local[" + cores + "]");
      CommandResult local = CommandResult.of(kld("local-" + cores));
      System.clearProperty("spark.master");
      assertThat(local.exitCode()).as(local.err()).isZero();
    }
    assertThat(driver.waitFor()).as(Files.readString(log)).isZero();

    for (String table : List.of("tokens.parquet", "chunks.parquet", "schemes.parquet")) {
      assertThat(pages("cluster-tables", table))
          .as(table)
          .isEqualTo(pages("local-1-tables", table))
          .isEqualTo(pages("local-2-tables", table));
    }
  }

  /**
   * A table's values as they are stored. The footer behind them lists the encodings of its pages in
   * no certain order.
   */
  private byte[] pages(String tables, String name) throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve(tables).resolve(name));
    // At the end are the footer's length and four letters.
    int end = file.length - 2 * Integer.BYTES;
    int footer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    return Arrays.copyOf(file, end - footer);
  }

  private List<String> kld(String tables) {
    List<String> words = new ArrayList<>(List.of("kld", "--base", MODEL.toString()));
    words.addAll(List.of("--model", QUANTIZED, "--corpus", TEXT, "--ctx", "64"));
    words.addAll(List.of("--run-dir", folder.resolve(tables + "-tables").toString()));
    return words;
  }
}
