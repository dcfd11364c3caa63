package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.MetadataValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations from the command line to the files they leave. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KldCommandTest {
  private static final String BASE = GoldenModels.demo("tiny-mistral-bf16.gguf").toString();
  private static final String STRONGLY_QUANTIZED =
      "src/test/resources/models/tiny-mistral-iq2_m.gguf";
  private static final String TEXT = "src/test/resources/corpus/timothy.txt";
  private static final String OTHER_TEXT = "src/test/resources/corpus/hebrews.txt";
  private static final List<String> TABLES =
      List.of("tokens.parquet", "chunks.parquet", "schemes.parquet");

  private Path folder;
  private String quantized;

  /** What a command printed, and how it ended. */
  private record Run(int code, String out, String err) {

    JsonNode model(int index) throws IOException {
      return new ObjectMapper().readTree(out).get("models").get(index);
    }
  }

  private static Run run(String master, String... arguments) {
    System.setProperty("spark.master", master);
    System.setProperty("spark.ui.enabled", "false");
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = Main.run(arguments);
      return new Run(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.clearProperty("spark.master");
      System.clearProperty("spark.ui.enabled");
    }
  }

  private Run kld(String master, String runDir, String... more) {
    List<String> words = new ArrayList<>(List.of("kld", "--json", "--run-dir"));
    words.add(folder.resolve(runDir).toString());
    words.addAll(Arrays.asList(more));
    return run(master, words.toArray(new String[0]));
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  private String[] bothModels(String... more) {
    return with(
        new String[] {
          "--base", BASE, "--model", quantized, "--model", STRONGLY_QUANTIZED, "--ctx", "128"
        },
        more);
  }

  private String[] oneModel(String... more) {
    return with(new String[] {"--base", BASE, "--model", quantized, "--ctx", "128"}, more);
  }

  private void assertSameTables(String one, String other) throws IOException {
    for (String table : TABLES) {
      assertThat(folder.resolve(one).resolve(table))
          .hasSameBinaryContentAs(folder.resolve(other).resolve(table));
    }
  }

  private static void assertRefused(Run run, int code, String... words) {
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(code);
  }

  private List<Path> finishedChunks(String runDir) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(runDir).resolve("finished-chunks"))) {
      return files.sorted().toList();
    }
  }

  @BeforeAll
  void quantizeAndMeasure(@TempDir Path temporary) {
    folder = temporary;
    quantized = folder.resolve("q8_0.gguf").toString();

    Run run =
        run(
            "local[2]",
            "quantize",
            "-i",
            BASE,
            "-o",
            quantized,
            "-s",
            "Q8_0",
            "--kld",
            "--corpus",
            TEXT,
            "--ctx",
            "128",
            "--chunks",
            "3");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("### Q8_0", "Mean PPL(Q)                   :", "Mean    KLD:", "Same top p:");
  }

  @Test
  void figuresDoNotDependOnScheduling() throws IOException {
    String[] arguments = bothModels("--corpus", TEXT, "--corpus", OTHER_TEXT);

    Run one = kld("local[1]", "one", arguments);
    Run two = kld("local[2]", "two", arguments);

    assertThat(one.code()).as(one.err()).isZero();
    assertThat(two.code()).as(two.err()).isZero();
    assertSameTables("one", "two");
    JsonNode q8 = one.model(0);
    JsonNode iq2 = one.model(1);
    assertThat(q8.get("name").asText()).isEqualTo("q8_0");
    assertThat(iq2.get("name").asText()).isEqualTo("tiny-mistral-iq2_m");
    assertThat(q8.get("kld_mean").asDouble()).isBetween(1e-6, 1e-3);
    assertThat(iq2.get("kld_mean").asDouble()).isGreaterThan(100 * q8.get("kld_mean").asDouble());
    assertThat(iq2.get("same_top").asDouble()).isBetween(0.5, 0.95);
    assertThat(iq2.get("ppl_base")).isEqualTo(q8.get("ppl_base"));
    assertThat(q8.get("corpora")).hasSize(2);
    int tokens = 0;
    double divergence = 0;
    for (JsonNode corpus : iq2.get("corpora")) {
      tokens += corpus.get("tokens_scored").asInt();
      divergence += corpus.get("tokens_scored").asInt() * corpus.get("kld_mean").asDouble();
    }
    assertThat(iq2.get("tokens_scored").asInt()).isEqualTo(tokens).isPositive();
    assertThat(iq2.get("kld_mean").asDouble()).isCloseTo(divergence / tokens, within(1e-12));
  }

  @Test
  void jsonHasEveryFigureOfEachModel() throws IOException {
    Run run = kld("local[2]", "json", oneModel("--corpus", TEXT, "--chunks", "1"));

    List<String> names = new ArrayList<>();
    run.model(0).fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "name",
            "ppl",
            "ppl_base",
            "ln_ppl_ratio",
            "kld_mean",
            "kld_mean_se",
            "kld_max",
            "kld_p99_9",
            "kld_p99",
            "kld_p95",
            "kld_p90",
            "kld_median",
            "kld_p10",
            "kld_p5",
            "kld_p1",
            "kld_min",
            "dp_mean",
            "dp_rms",
            "dp_p99",
            "dp_p1",
            "same_top",
            "tokens_scored",
            "seconds");
    assertThat(run.model(0).get("tokens_scored").asInt()).isEqualTo(63);
  }

  @Test
  void savedLogitsStandForTheBase() throws IOException {
    String logits = folder.resolve("base.kld").toString();

    Run against = kld("local[2]", "saving", oneModel("--corpus", TEXT, "--save-logits", logits));
    Run saved = kld("local[2]", "saved", "--base-logits", logits, "--model", STRONGLY_QUANTIZED);
    Run direct =
        kld(
            "local[1]",
            "direct",
            "--base",
            BASE,
            "--model",
            STRONGLY_QUANTIZED,
            "--ctx",
            "128",
            "--corpus",
            TEXT);

    assertThat(against.code()).as(against.err()).isZero();
    assertThat(saved.code()).as(saved.err()).isZero();
    JsonNode expected = direct.model(0);
    for (String figure : List.of("ppl", "ppl_base", "kld_mean", "kld_median", "dp_rms")) {
      double value = expected.get(figure).asDouble();
      assertThat(saved.model(0).get(figure).asDouble())
          .as(figure)
          .isCloseTo(value, within(2e-3 * value));
    }
    assertThat(saved.model(0).get("tokens_scored")).isEqualTo(expected.get("tokens_scored"));

    assertRefused(
        kld("local[2]", "again", oneModel("--corpus", TEXT, "--save-logits", logits)),
        ExitCodes.STORAGE,
        logits,
        "--overwrite");
  }

  @Test
  void finishedChunksSurviveARestart() throws IOException {
    String[] arguments = oneModel("--corpus", TEXT);
    kld("local[2]", "whole", arguments);
    Run run = kld("local[2]", "resumed", arguments);
    assertThat(run.code()).as(run.err()).isZero();
    List<Path> chunks = finishedChunks("resumed");
    assertThat(chunks).hasSize(3);
    FileTime longAgo = FileTime.fromMillis(0);
    for (Path chunk : chunks) {
      Files.setLastModifiedTime(chunk, longAgo);
    }
    Files.delete(chunks.get(1));
    Files.delete(folder.resolve("resumed/tokens.parquet"));

    Run resumed = kld("local[2]", "resumed", with(arguments, "--resume"));

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertSameTables("whole", "resumed");
    assertThat(finishedChunks("resumed")).isEqualTo(chunks);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(Files.getLastModifiedTime(chunks.get(i)).equals(longAgo)).isEqualTo(i != 1);
    }
    assertRefused(
        kld("local[2]", "resumed", with(arguments, "--resume", "--chunks", "2")),
        ExitCodes.STORAGE,
        "Cannot resume",
        "other models, corpora or settings");
  }

  @Test
  void tokenIdsNeedNoTokenizer() throws IOException {
    Path ids = Files.writeString(folder.resolve("ids.txt"), "5 6 7 8\n".repeat(64));

    Run run = kld("local[1]", "ids", oneModel("--corpus", ids.toString(), "--token-ids"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.model(0).get("tokens_scored").asInt()).isEqualTo(2 * 63);
  }

  @Test
  void filesThatAreNoBaseLogitsAreNamed() throws IOException {
    Path foreign = Files.writeString(folder.resolve("foreign.kld"), "x".repeat(100));
    assertRefused(
        kld("local[1]", "none", "--base-logits", foreign.toString(), "--model", quantized),
        ExitCodes.INPUT,
        foreign.toString(),
        "does not start with \"_logits_\"");

    Path truncated = folder.resolve("truncated.kld");
    ByteBuffer header = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    header.put("_logits_".getBytes(StandardCharsets.US_ASCII)).putInt(128).putInt(2048).putInt(4);
    Files.write(truncated, header.array());
    assertRefused(
        kld("local[1]", "none", "--base-logits", truncated.toString(), "--model", quantized),
        ExitCodes.INPUT,
        truncated.toString(),
        "truncated");
  }

  @Test
  void anotherArchitectureIsNamed() throws IOException {
    Path other = folder.resolve("other.gguf");
    Files.write(
        other,
        GgufWriter.header(
            GgufModel.open(Path.of(BASE))
                .metadata()
                .with("general.architecture", MetadataValue.ofString("rwkv7")),
            List.of()));

    assertRefused(
        kld("local[1]", "none", "--base", other.toString(), "--model", quantized, "--corpus", TEXT),
        ExitCodes.INPUT,
        other.toString(),
        "'rwkv7'");
  }

  @Test
  void shortTextsAreNamed() {
    assertRefused(
        kld("local[1]", "none", "--base", BASE, "--model", quantized, "--corpus", TEXT),
        ExitCodes.INPUT,
        "must have at least 1024 tokens");
  }

  @Test
  void contradictoryOptionsAreWrongUsage() {
    assertRefused(kld("local[1]", "none", "--model", quantized), ExitCodes.USAGE, "--base-logits");
    assertRefused(kld("local[1]", "none", oneModel()), ExitCodes.USAGE, "--corpus");
    assertRefused(
        run("local[1]", "quantize", "-i", BASE, "-o", "x.gguf", "-s", "Q8_0", "--kld"),
        ExitCodes.USAGE,
        "--kld and --corpus together");
  }
}
