package dev.sparkquant.cli;

import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.report.html.Report;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.RunFolder;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "  sparkquant quantize -i model-bf16.gguf -o m.gguf -s Q4_K_M \\",
      "      --kld --corpus wiki.txt",
      "  sparkquant quantize -i model-bf16.gguf -o model.gguf -s my.yaml \\",
      "      -- --master spark://host:7077 --executor-memory 4g"
    })
final class QuantizeCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private SchemeArgument scheme;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.gguf",
      description = {
        "The file to write: a path that every executor sees, or a Hadoop URI (hdfs:, s3a:)."
      })
  private String output;

  @Mixin private ModelArguments model;

  @Mixin private RunArguments arguments;

  @Override
  public Integer call() throws IOException, PlanException, JobFailedException {
    RunLog log = RunLog.start(spec);
    arguments.check(spec.commandLine());
    Storage storage = SparkContexts.storage();
    Preparation prepared = Preparation.of(model, scheme.name, output, false, storage);
    SchemeOutput result = prepared.schemes().get(0);
    result
        .warnings()
        .forEach(warning -> System.err.println("sparkquant: " + PrintableText.of(warning, 2000)));
    String tables =
        arguments.runDir == null ? OutputPaths.runFolder(output, storage) : arguments.runDir;
    try (RunFolder folder = RunFolder.of(tables, storage)) {
      QuantizeRun run =
          new QuantizeRun(
              prepared, log, model.words(), arguments.overwrite, arguments.resume, folder, storage);
      Evaluation evaluation = arguments.kld ? run.evaluation(arguments.corpora) : null;
      RunSummary.print(run.quantize());
      prepared
          .outputs()
          .forEach(path -> System.out.println("Wrote " + PrintableText.of(path, 2000)));
      if (evaluation != null) {
        run.measure(evaluation).print(false);
      }
      ReportCommand.write(folder);
    }
    System.out.println("Tables in " + tables);
    System.out.println("Report in " + Report.page(tables));
    return ExitCodes.OK;
  }
}
