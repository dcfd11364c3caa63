package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.imatrix.ImportanceMatrix;
import dev.sparkquant.job.QuantizeJob;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.store.OutputStore;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Files written by the whole job equal those of llama-quantize.
 *
 * <p>The system property {@code golden.folder} names a folder with a table and models to take
 * instead of those that come along.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EqualsLlamaQuantizeTest {
  private static final String OTHER_FOLDER = System.getProperty("golden.folder");

  /** The matrix has to have this name in the output's metadata. */
  private static final String IMATRIX = "tiny-mistral.imatrix.dat";

  private Path folder;
  private JavaSparkContext spark;

  /** A run and what llama-quantize writes for it: the sha256 of each file by name. */
  record Golden(String model, String scheme, String options, Map<String, String> sha256) {
    @Override
    public String toString() {
      return model + " " + scheme + " " + options;
    }
  }

  static Stream<Golden> goldens() throws IOException {
    Path table =
        OTHER_FOLDER == null
            ? Path.of("src/test/resources/golden/llama-quantize.tsv")
            : Path.of(OTHER_FOLDER, "llama-quantize.tsv");
    Map<String, Golden> goldens = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      goldens
          .computeIfAbsent(
              fields[0] + "\t" + fields[1] + "\t" + fields[2],
              key -> new Golden(fields[0], fields[1], fields[2], new LinkedHashMap<>()))
          .sha256()
          .put(fields[3], fields[5]);
    }
    return goldens.values().stream();
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    spark = SparkContexts.start("test");
    Path bf16 = GoldenModels.demo("tiny-mistral-bf16.gguf");
    Path models =
        OTHER_FOLDER == null ? Path.of("src/test/resources/models") : Path.of(OTHER_FOLDER);
    try (Stream<Path> files = Files.list(models)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gguf")).toList()) {
        Files.createSymbolicLink(folder.resolve(file.getFileName()), file.toAbsolutePath());
      }
    }
    if (OTHER_FOLDER == null) {
      Files.createSymbolicLink(folder.resolve("tiny-mistral-bf16.gguf"), bf16.toAbsolutePath());
      GoldenModels.split(bf16, folder.resolve("tiny-mistral-split").toString(), List.of(0, 30, 60));
    }
    for (String type : List.of("F32", "Q8_0", "Q4_K_M")) {
      quantize(
          "tiny-mistral-bf16",
          folder.resolve("tiny-mistral-" + type.toLowerCase(java.util.Locale.ROOT) + ".gguf"),
          type,
          "");
    }
  }

  @AfterAll
  void stop() {
    spark.stop();
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void writesTheBytesOfLlamaQuantize(Golden golden, @TempDir Path out) throws Exception {
    quantize(golden.model(), out.resolve("out.gguf"), golden.scheme(), golden.options());

    Map<String, String> written = new LinkedHashMap<>();
    for (String name : golden.sha256().keySet()) {
      written.put(name, DemoCommand.sha256(out.resolve(name)));
    }
    assertThat(written).isEqualTo(golden.sha256());
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSameSizeAs(written.keySet());
    }
  }

  private void quantize(String model, Path out, String scheme, String options) throws Exception {
    List<String> words = new ArrayList<>(Shell.split(options));
    words.addAll(List.of("--input", folder.resolve(model + ".gguf").toString()));
    int imatrix = words.indexOf("--imatrix");
    if (imatrix >= 0) {
      words.set(imatrix + 1, GoldenModels.demo(IMATRIX).toString());
    }
    ModelArguments arguments =
        CommandLine.populateCommand(new RenamingArguments(), words.toArray(new String[0]));

    Preparation prepared =
        Preparation.of(arguments, scheme, out.toString(), false, new Storage(new Configuration()));
    List<String> outputs = List.of(prepared.schemes().get(0).path());
    try (OutputStore store = OutputStore.claim(outputs, false, new Storage(new Configuration()))) {
      new QuantizeJob(spark, SilentProgress.INSTANCE)
          .run(prepared.plan(), prepared.importance(), store, false, false);
    }
  }

  /** Has the importance matrix read as if it lay in the current folder. */
  private static final class RenamingArguments extends ModelArguments {
    @Override
    java.util.Optional<ImportanceMatrix> readImatrix(Storage storage) throws IOException {
      return super.readImatrix(storage)
          .map(m -> new ImportanceMatrix(IMATRIX, m.datasets(), m.chunkCount(), m.values()));
    }
  }
}
