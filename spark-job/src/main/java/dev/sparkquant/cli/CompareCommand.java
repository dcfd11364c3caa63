package dev.sparkquant.cli;

import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code compare}: how two models, or two runs, differ. */
@Command(
    name = "compare",
    description = {
      "Shows how two models, or two runs, differ.",
      "Of models: metadata, types, shapes, sizes and, with --errors, how far B's tensors lie from"
          + " A's. Of runs, given their folders: what both wrote side by side, sizes, divergence,"
          + " and the tensors whose types or errors differ."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code: 0, whether or not they differ.",
      "",
      "Examples:",
      "  sparkquant compare model-bf16.gguf model-Q4_K_M.gguf --errors",
      "  sparkquant compare ours.gguf theirs.gguf --json",
      "  sparkquant compare monday/run tuesday/run"
    })
final class CompareCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "A GGUF file or a run's folder.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Another of the same kind.")
  private String b;

  @Option(
      names = "--errors",
      description = "Read both files' tensors and measure how far B's lie from A's.")
  private boolean errors;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<Path> runA = runFolder(a);
    Optional<Path> runB = runFolder(b);
    if (runA.isPresent() != runB.isPresent()) {
      String folder = runA.isPresent() ? a : b;
      throw new ParameterException(
          spec.commandLine(),
          "Give two GGUF files or two run folders; "
              + PrintableText.of(folder, 300)
              + " is a folder, the other is not");
    }
    if (runA.isPresent()) {
      if (errors) {
        throw new ParameterException(
            spec.commandLine(), "Leave --errors out: a run's tables hold its errors");
      }
      show(RunComparison.of(runA.get(), runB.get()));
    } else {
      show(ModelComparison.of(a, b, errors, SparkContexts.storage()));
    }
    return ExitCodes.OK;
  }

  private void show(Comparison comparison) {
    if (json) {
      Json.print(comparison.asMap());
    } else {
      comparison.print();
    }
  }

  /** The folder that holds a run's record, if the argument is a folder: its own, or its run's. */
  private static Optional<Path> runFolder(String argument) {
    Optional<Path> local = Storage.localPath(argument).filter(Files::isDirectory);
    // Whoever names a sweep's output folder means the run in it.
    return local.map(
        folder ->
            !Files.exists(folder.resolve(RunRecord.FILE_NAME))
                    && Files.exists(folder.resolve("run").resolve(RunRecord.FILE_NAME))
                ? folder.resolve("run")
                : folder);
  }
}
