package dev.sparkquant.cli;

import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.QuantizeJob;
import dev.sparkquant.job.RunResult;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.report.TensorTable;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.OutputStore;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code quantize}: one model, one scheme, one output. */
@Command(
    name = "quantize",
    description = "Quantizes a model: the bytes that llama-quantize writes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  sparkquant quantize -i model-bf16.gguf -o model-Q4_K_M.gguf -s Q4_K_M",
      "  sparkquant quantize -i model-bf16.gguf -o m.gguf -s Q4_K_XXXL --imatrix m.dat",
      "  sparkquant quantize -i model-bf16.gguf -o m.gguf -s Q4_K_M --kld --corpus wiki.txt",
      "  sparkquant quantize -i model-bf16.gguf -o model.gguf -s my.yaml \\",
      "      -- --master spark://host:7077 --executor-memory 4g"
    })
final class QuantizeCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ModelArguments arguments;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.gguf",
      description = "The file to write, on a file system that every executor sees.")
  private String output;

  @Option(names = "--overwrite", description = "Replace an existing output once it is complete.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description = {
        "Go on from what a stopped run of the same command has left, if anything. Without it that is"
            + " replaced."
      })
  private boolean resume;

  @Option(
      names = "--kld",
      description = {
        "Then measure what it cost: hold the output against the input, as 'sparkquant kld' does."
      })
  private boolean kld;

  @Mixin private CorpusArguments corpora;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "Where the run's tables go. Default: OUT.run beside the output.")
  private Path runDir;

  @Override
  public Integer call() throws IOException, PlanException, JobFailedException {
    if (kld == corpora.corpora.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Give --kld and --corpus together");
    }
    Storage storage = new Storage(new Configuration());
    Preparation prepared = Preparation.of(arguments, output, storage);
    prepared.warnings().forEach(warning -> System.err.println("sparkquant: " + warning));
    prepared.schemePlan().requireImportance();
    Path tables = runDir == null ? OutputPaths.runFolder(output) : runDir;
    Evaluation evaluation = kld ? evaluation(prepared, tables, storage) : null;
    run(prepared, overwrite, resume, tables);
    if (kld) {
      evaluation.run(storage).print(false);
    }
    return ExitCodes.OK;
  }

  /** The evaluation to come; what would hinder it shows before anything is quantized. */
  private Evaluation evaluation(Preparation prepared, Path tables, Storage storage)
      throws IOException {
    String original = Storage.absolute(arguments.input);
    List<String> quantized = List.of(prepared.outputs().get(0));
    return new Evaluation(
        CorpusLoader.against(original, quantized, List.of(), corpora, storage), tables, false);
  }

  /** Runs a prepared plan and prints what came of it. */
  static void run(Preparation prepared, boolean overwrite, boolean resume, Path runDir)
      throws IOException, JobFailedException {
    QuantizePlan plan = prepared.plan();
    List<String> outputs = prepared.outputs();
    OutputPaths.require(outputs, prepared.inputs(), overwrite);
    List<String> models = List.of(prepared.output());
    List<String> unfinished = resume ? List.of() : Unfinished.among(models);
    try (OutputStore store = OutputStore.claim(models, resume)) {
      Unfinished.announce(unfinished);
      store.requireSpace(plan.outputBytes());
      RunResult result;
      try (JavaSparkContext spark =
          SparkContexts.start("sparkquant quantize", plan, prepared.importance().keySet())) {
        TerminalProgress progress = TerminalProgress.onStandardError();
        result =
            new QuantizeJob(spark, progress).run(plan, prepared.importance(), store, overwrite, resume);
      }
      TensorTable.write(runDir.resolve("tensors.parquet"), result.tensors());
      RunSummary.print(result);
      outputs.forEach(path -> System.out.println("Wrote " + path));
      System.out.println("Tables in " + runDir);
    }
  }
}
