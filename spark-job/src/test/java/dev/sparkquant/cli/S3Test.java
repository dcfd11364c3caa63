package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.store.OutputStore;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs on S3A against an S3 server write the bytes that local runs write, whatever fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3Test {
  /** What llama-quantize writes for Q8_0. */
  private static final String Q8_0 =
      "cb1b4311d50b41679b4c7442dc3a968b69bb9f3a5c34ef94311a8a72afa5b224";

  private S3Server server;
  private FileSystem files;
  private String model;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    // Four attempts at a task, as on a cluster; local[2] has but one.
    System.setProperty("spark.master", "local[2,4]");
    System.setProperty("spark.ui.enabled", "false");
    server = new S3Server(folder);
    files = server.fileSystem();
    model =
        RemoteFiles.copy(
            files, GoldenModels.demo("tiny-mistral-bf16.gguf"), server.uri("/in/model.gguf"));
  }

  @AfterAll
  void stop() throws Exception {
    server.stop();
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  private CommandResult quantize(String input, String output, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of("quantize", "-i", input));
    arguments.addAll(List.of("-o", output, "-s", "Q8_0"));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments);
  }

  private void assertWritten(CommandResult result, String folder) throws Exception {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(RemoteFiles.sha256(files, server.uri(folder + "/out.gguf"))).isEqualTo(Q8_0);
    assertThat(RemoteFiles.list(files, server.uri(folder)))
        .contains("out.gguf", "out.run/run.json", "out.run/tensors.parquet")
        .contains("out.run/report/index.html");
    assertThat(server.pendingUploads()).isEmpty();
  }

  @Test
  void writesTheSameBytesInParts() throws Exception {
    int before = server.parts.get();
    assertWritten(quantize(model, server.uri("/out/out.gguf")), "/out");
    assertThat(server.parts.get() - before).isGreaterThan(1);
  }

  @Test
  void readsFromThereAndWritesHereAndTheOtherWayRound(@TempDir Path folder) throws Exception {
    Path here = folder.resolve("out.gguf");
    CommandResult result = quantize(model, here.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(DemoCommand.sha256(here)).isEqualTo(Q8_0);

    String local = GoldenModels.demo("tiny-mistral-bf16.gguf").toString();
    assertWritten(quantize(local, server.uri("/from-here/out.gguf")), "/from-here");
  }

  @Test
  void aPartThatFailsIsMadeAgain() throws Exception {
    server.failures.set(2);
    assertWritten(quantize(model, server.uri("/flaky/out.gguf")), "/flaky");
    assertThat(server.failures.get()).isZero();
  }

  @Test
  void aRunThatFailsLeavesNoUpload() throws Exception {
    server.failures.set(1000);
    CommandResult result;
    try {
      result = quantize(model, server.uri("/broken/out.gguf"));
    } finally {
      server.failures.set(0);
    }
    assertThat(result.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(result.err().lines().filter(line -> line.startsWith("sparkquant: ")))
        .singleElement()
        .asString()
        .contains("Cannot complete the job");
    assertThat(server.pendingUploads()).isEmpty();
    assertThat(files.exists(new org.apache.hadoop.fs.Path(server.uri("/broken/out.gguf"))))
        .isFalse();
    assertThat(RemoteFiles.list(files, server.uri("/broken"))).isEmpty();
  }

  @Test
  void oneRunAtATimeWritesAnOutputAndTheNextEndsWhatAKilledOneBegan() throws Exception {
    String output = server.uri("/claimed/out.gguf");
    // What a run has done by the time it is killed: nothing is closed, and its lease goes on.
    OutputStore killed = OutputStore.claim(List.of(output), false, SparkContexts.storage());
    killed.create(output, 1000);
    assertThat(server.pendingUploads()).hasSize(1);

    CommandResult refused = quantize(model, output);
    assertThat(refused.err()).contains("another run is writing it now").hasLineCount(1);
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.STORAGE);
    assertThat(server.pendingUploads()).hasSize(1);

    files.delete(new org.apache.hadoop.fs.Path(output + ".unfinished/lock"), false);
    assertWritten(quantize(model, output), "/claimed");
    killed.close();
  }
}
