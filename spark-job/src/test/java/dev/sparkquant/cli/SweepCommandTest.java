package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.job.QuantizeJob;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.store.OutputStore;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Many schemes at once give what each gives alone, for less work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepCommandTest {
  private static final Path MODEL = GoldenModels.demo("tiny-mistral-bf16.gguf");
  private static final String TEXT = "src/test/resources/corpus/timothy.txt";

  /** Needs an importance matrix. */
  private static final String FAILING = "Q2_K_S";

  private static final List<String> SCHEMES =
      List.of("Q2_K", "Q3_K_M", "Q4_0", "Q4_K_S", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "Q4_K_XXXL");

  private Path folder;
  private Path own;
  private CommandResult sweep;

  @BeforeAll
  void sweepTenSchemesAndOneThatFails(@TempDir Path temporary) throws IOException {
    folder = temporary;
    own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "name: MINE\nbase: Q5_K_S\nrules:\n  - role: attention\n    type: Q8_0\n");
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    sweep = sweep(folder.resolve("out"), FAILING + "," + String.join(",", SCHEMES) + "," + own);
  }

  @AfterAll
  void leaveSparkAlone() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  private static CommandResult sweep(Path out, String schemes, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sweep", "-i", MODEL.toString(), "-d", out.toString(), "-s", schemes));
    words.addAll(List.of(more));
    return CommandResult.of(words);
  }

  private static void assertRefused(CommandResult result, int exitCode, String... fragments) {
    assertThat(result.err().strip()).contains(fragments).hasLineCount(1).startsWith("sparkquant: ");
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  private Path output(String scheme) {
    return folder.resolve("out/tiny-mistral-" + scheme + ".gguf");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(SCHEMES);
    names.add("MINE");
    return names;
  }

  @Test
  void eachFileIsTheOneOfASingleRun() throws Exception {
    ModelArguments arguments = new ModelArguments();
    arguments.input = MODEL.toString();
    Map<String, String> alone = new HashMap<>();
    try (JavaSparkContext spark = SparkContexts.start("test")) {
      for (String scheme : names()) {
        String asked = scheme.equals("MINE") ? own.toString() : scheme;
        String path = folder.resolve("alone-" + scheme + ".gguf").toString();
        Preparation prepared =
            Preparation.of(arguments, asked, path, false, new Storage(new Configuration()));
        try (OutputStore store =
            OutputStore.claim(List.of(path), false, new Storage(new Configuration()))) {
          new QuantizeJob(spark, SilentProgress.INSTANCE)
              .run(prepared.plan(), prepared.importance(), store, false, false);
        }
        alone.put(scheme, DemoCommand.sha256(Path.of(path)));
      }
    }

    Map<String, String> together = new HashMap<>();
    for (String scheme : names()) {
      together.put(scheme, DemoCommand.sha256(output(scheme)));
    }
    assertThat(together).isEqualTo(alone);
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      names().stream().map(scheme -> "tiny-mistral-" + scheme + ".gguf"),
                      Stream.of("run"))
                  .toList());
    }
  }

  @Test
  void whatOutputsHaveInCommonIsEncodedOnce() throws IOException {
    Map<String, GgmlType> source = new HashMap<>();
    for (ModelTensor tensor : GgufModel.open(MODEL).tensors()) {
      source.put(tensor.name(), tensor.info().type());
    }
    Set<String> conversions = new HashSet<>();
    long union = 0;
    long alone = 0;
    for (String scheme : names()) {
      for (ModelTensor tensor : GgufModel.open(output(scheme)).tensors()) {
        GgmlType type = tensor.info().type();
        if (type != source.get(tensor.name())) {
          alone += tensor.info().elements();
          union += conversions.add(tensor.name() + type) ? tensor.info().elements() : 0;
        }
      }
    }

    RunRecord run = RunRecord.read(folder.resolve("out/run"));

    assertThat(run.quantize().encodedWeights()).isEqualTo(union).isLessThan(alone * 3 / 4);
    assertThat(sweep.out())
        .contains(
            "Encoded "
                + Numbers.count(union)
                + " weights; scheme by scheme it would have been "
                + Numbers.count(alone));
  }

  @Test
  void aSchemeThatFailsIsReportedFirstAndTheOthersAreWritten() throws IOException {
    assertThat(sweep.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(sweep.err())
        .startsWith("sparkquant: leaving out Q2_K_S: ")
        .contains("--imatrix")
        .endsWith("sparkquant: 1 of 11 schemes were left out: Q2_K_S\n");
    RunRecord run = RunRecord.read(folder.resolve("out/run"));
    assertThat(run.command()).startsWith("sweep", "-i", MODEL.toString());
    assertThat(run.outputs())
        .extracting(RunRecord.Output::name)
        .containsExactlyElementsOf(Stream.concat(names().stream(), Stream.of(FAILING)).toList());
    for (RunRecord.Output written : run.outputs().subList(0, 10)) {
      assertThat(written.published()).isTrue();
      assertThat(written.error()).isNull();
      assertThat(written.files()).containsExactly(output(written.name()).toString());
      assertThat(written.bytes()).isEqualTo(Files.size(output(written.name())));
    }
    assertThat(run.outputs().get(9).definition()).isEqualTo(Files.readString(own));
    assertThat(run.outputs().get(10).published()).isFalse();
    assertThat(run.outputs().get(10).error()).contains("importance matrix");
    assertThat(run.input().parameters()).isEqualTo(6_820_096);
  }

  @Test
  void outputsThatExistAreKept() throws IOException {
    String before = DemoCommand.sha256(output("Q8_0"));
    assertRefused(
        sweep(folder.resolve("out"), "IQ4_NL,Q8_0"),
        ExitCodes.STORAGE,
        output("Q8_0").toString(),
        "--overwrite");
    assertThat(output("IQ4_NL")).doesNotExist();
    assertThat(DemoCommand.sha256(output("Q8_0"))).isEqualTo(before);
  }

  @Test
  void outputsOfOneNameAreRefused() {
    Path out = folder.resolve("none");
    assertRefused(
        sweep(out, "Q4_K,Q6_K,Q4_K_M"), ExitCodes.INPUT, "Q4_K and Q4_K_M", "named Q4_K_M");
    assertRefused(
        sweep(out, "Q4_K_M,Q6_K", "--name", "{model}.gguf"),
        ExitCodes.INPUT,
        "both Q4_K_M and Q6_K",
        "tiny-mistral.gguf",
        "{scheme}");
    assertThat(out).doesNotExist();
  }

  @Test
  void aSchemeCannotWriteElsewhere() throws IOException {
    Path escaping = Files.writeString(folder.resolve("e.yaml"), "name: /../../x\nbase: Q6_K\n");
    Path out = folder.resolve("none");
    assertRefused(sweep(out, escaping.toString()), ExitCodes.INPUT, "'tiny-mistral-/../../x.gguf'");
    assertRefused(sweep(out, "Q6_K", "--name", "{type}.gguf"), ExitCodes.INPUT, "no {type}");
    assertThat(out).doesNotExist();
  }

  @Test
  void shardsAreWrittenForEachScheme() throws IOException {
    GoldenModels.split(MODEL, folder.resolve("parts-bf16").toString(), List.of(0, 30, 60));
    Path first = folder.resolve("parts-bf16-00001-of-00003.gguf");
    Path out = folder.resolve("shards");

    CommandResult result =
        CommandResult.of(
            List.of(
                "sweep",
                "-i",
                first.toString(),
                "-d",
                out.toString(),
                "-s",
                "Q4_0,COPY",
                "--keep-split"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    for (RunRecord.Output output : RunRecord.read(out.resolve("run")).outputs()) {
      Path start = out.resolve("parts-" + output.name() + "-00001-of-00003.gguf");
      assertThat(output.files()).hasSize(3).startsWith(start.toString());
      assertThat(output.options()).containsExactly("--keep-split");
      assertThat(GgufModel.open(start).tensors()).hasSize(75);
    }
  }

  @Test
  void costsAreMeasuredInOnePass() throws IOException {
    Path out = folder.resolve("measured");

    CommandResult result =
        sweep(
            out,
            "Q2_K,Q8_0",
            "--kld",
            "--corpus",
            TEXT,
            "--ctx",
            "64",
            "--chunks",
            "2",
            "--name",
            "{scheme}");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("Q")))
        .hasSize(2)
        .allMatch(line -> line.trim().split(" {2,}").length == 7);
    RunRecord run = RunRecord.read(out.resolve("run"));
    assertThat(run.outputs()).extracting(RunRecord.Output::name).containsExactly("Q2_K", "Q8_0");
    assertThat(run.divergence().models())
        .extracting(model -> model.get("name"))
        .containsExactly("Q2_K", "Q8_0");
    assertThat((Double) run.divergence().models().get(0).get("kld_mean"))
        .isGreaterThan(10 * (Double) run.divergence().models().get(1).get("kld_mean"));
    assertThat(run.divergence().base()).isEqualTo(MODEL.toAbsolutePath().normalize().toString());
    assertThat(run.divergence().corpora())
        .extracting(RunRecord.CorpusText::tokens)
        .containsExactly(128L);
    for (String table : List.of("tensors", "tokens", "chunks", "schemes")) {
      assertThat(out.resolve("run").resolve(table + ".parquet")).isNotEmptyFile();
    }
  }
}
