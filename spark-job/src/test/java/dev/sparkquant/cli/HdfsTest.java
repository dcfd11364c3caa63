package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real HDFS write the bytes that local runs write, and leave nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsTest {
  /** What llama-quantize writes for these. */
  private static final String Q4_K_M_WITH_Q3_K_FFN_DOWN =
      "6a187ef4d1bf3460531f05b19a6d81bccd872a91d7a9d32eb76d76341a6958eb";

  private static final String Q8_0 =
      "cb1b4311d50b41679b4c7442dc3a968b69bb9f3a5c34ef94311a8a72afa5b224";

  private static final String Q4_K_M =
      "2d8d884a9d196a50c0cfcc7310fd413b732b18fa9d408f7314854f53dd0ae812";

  private HdfsCluster cluster;
  private FileSystem files;
  private String model;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    cluster = new HdfsCluster(folder);
    files = cluster.fileSystem();
    model =
        RemoteFiles.copy(
            files, GoldenModels.demo("tiny-mistral-bf16.gguf"), cluster.uri("/in/model.gguf"));
  }

  @AfterAll
  void stop() {
    cluster.close();
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  private String write(String path, String content) throws Exception {
    try (var out = files.create(new org.apache.hadoop.fs.Path(cluster.uri(path)))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return cluster.uri(path);
  }

  private static CommandResult quantize(String input, String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("quantize", "-i", input, "-o", output));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments);
  }

  @Test
  void everyPathMayBeThere() throws Exception {
    String output = cluster.uri("/all/out.gguf");
    String matrix =
        RemoteFiles.copy(
            files, GoldenModels.demo("tiny-mistral.imatrix.dat"), cluster.uri("/in/imatrix.dat"));
    String corpus =
        RemoteFiles.copy(
            files,
            Path.of("src/test/resources/corpus/timothy.txt"),
            cluster.uri("/in/timothy.txt"));

    CommandResult result =
        quantize(
            model,
            output,
            "-s",
            write("/in/my.yaml", "name: mine\nbase: Q4_K_M\n"),
            "--tensor-type-file",
            write("/in/types.txt", "ffn_down=q3_k\n"),
            "--imatrix",
            matrix,
            "--kld",
            "--corpus",
            corpus,
            "--ctx",
            "64",
            "--chunks",
            "1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Wrote " + output, "Tables in " + cluster.uri("/all/out.run"));
    assertThat(RemoteFiles.list(files, cluster.uri("/all")))
        .contains("out.gguf", "out.run/tensors.parquet", "out.run/tokens.parquet")
        .allMatch(name -> name.equals("out.gguf") || name.startsWith("out.run/"));
  }

  @Test
  void writesTheSameBytesInPartsAndReplacesOnlyWhenAsked() throws Exception {
    String output = cluster.uri("/out/out.gguf");
    CommandResult result = quantize(model, output, "-s", "Q8_0");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, output)).isEqualTo(Q8_0);
    var status = files.getFileStatus(new org.apache.hadoop.fs.Path(output));
    assertThat(files.getFileBlockLocations(status, 0, status.getLen())).hasSizeGreaterThan(3);

    String[] other = {"-s", "Q4_K_M", "--tensor-type", "ffn_down=q3_k"};
    CommandResult refused = quantize(model, output, other);
    assertThat(refused.err()).contains("it exists; use --overwrite").hasLineCount(1);
    assertThat(RemoteFiles.sha256(files, output)).isEqualTo(Q8_0);

    List<String> replacing = new ArrayList<>(List.of(other));
    replacing.add("--overwrite");
    result = quantize(model, output, replacing.toArray(new String[0]));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, output)).isEqualTo(Q4_K_M_WITH_Q3_K_FFN_DOWN);
    assertThat(RemoteFiles.list(files, cluster.uri("/out")))
        .contains("out.gguf", "out.run/run.json", "out.run/tensors.parquet")
        .contains("out.run/report/index.html");
  }

  @Test
  void writesManyOutputsAtOnce() throws Exception {
    CommandResult result =
        CommandResult.of(
            List.of(
                "sweep",
                "-i",
                model,
                "-d",
                cluster.uri("/sweep"),
                "-s",
                "Q4_K_M,Q8_0",
                "--name",
                "{scheme}.gguf",
                "--tensor-type",
                "ffn_down=q3_k"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, cluster.uri("/sweep/Q4_K_M.gguf")))
        .isEqualTo(Q4_K_M_WITH_Q3_K_FFN_DOWN);
    assertThat(RemoteFiles.list(files, cluster.uri("/sweep")))
        .contains("Q4_K_M.gguf", "Q8_0.gguf", "run/run.json", "run/tensors.parquet")
        .contains("run/report/index.html");
  }

  @Test
  void readsFromThereAndWritesHereAndTheOtherWayRound(@TempDir Path folder) throws Exception {
    Path here = folder.resolve("out.gguf");
    CommandResult result = quantize(model, here.toString(), "-s", "Q8_0");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(DemoCommand.sha256(here)).isEqualTo(Q8_0);

    String there = cluster.uri("/from-here/out.gguf");
    result = quantize(GoldenModels.demo("tiny-mistral-bf16.gguf").toString(), there, "-s", "Q8_0");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, there)).isEqualTo(Q8_0);
  }

  @Test
  void theInputIsNotReplaced() throws Exception {
    String before = RemoteFiles.sha256(files, model);
    CommandResult result = quantize(model, model, "-s", "Q8_0", "--overwrite");
    assertThat(result.err()).contains("it is the input").hasLineCount(1);
    assertThat(RemoteFiles.sha256(files, model)).isEqualTo(before);
  }

  @Test
  void severalOutputsOfOneRead() throws Exception {
    String folder = cluster.uri("/several");
    CommandResult result =
        CommandResult.of("sweep", "-i", model, "-d", folder, "-s", "Q8_0,Q4_K_M");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, folder + "/model-Q8_0.gguf")).isEqualTo(Q8_0);
    assertThat(RemoteFiles.sha256(files, folder + "/model-Q4_K_M.gguf")).isEqualTo(Q4_K_M);
    assertThat(RemoteFiles.list(files, folder))
        .filteredOn(name -> !name.startsWith("run/"))
        .containsExactly("model-Q4_K_M.gguf", "model-Q8_0.gguf");
  }
}
