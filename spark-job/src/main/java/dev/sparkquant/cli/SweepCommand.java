package dev.sparkquant.cli;

import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.RunResult;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.report.html.Report;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.RunFolder;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sweep}: one model, many schemes, an output each. */
@Command(
    name = "sweep",
    description = {
      "Quantizes a model by many schemes at once.",
      "The model is read once, and what several outputs have in common is encoded once; each output"
          + " is the file that quantize writes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  sparkquant sweep -i model-bf16.gguf -d out -s Q4_K_M,Q5_K_M,Q4_K_XXXL,my.yaml",
      "  sparkquant sweep -i model-bf16.gguf -d out -s Q4_K_M,Q6_K \\",
      "      --kld --corpus wiki.txt",
      "  sparkquant sweep -i model-bf16.gguf -d out -s Q2_K,Q3_K_M --imatrix m.dat \\",
      "      --name '{model}.i1-{scheme}.gguf'"
    })
final class SweepCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-s", "--schemes"},
      required = true,
      split = ",",
      paramLabel = "NAME|FILE.yaml",
      completionCandidates = SchemeNames.class,
      description = {
        "The schemes, with commas between them: as quantize's --scheme. One that cannot be carried"
            + " out does not hinder the others."
      })
  private List<String> schemes;

  @Option(
      names = {"-d", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = {
        "Where to write the outputs: a path that every executor sees, or a Hadoop URI (hdfs:,"
            + " s3a:)."
      })
  private String outputDir;

  @Option(
      names = "--name",
      paramLabel = "PATTERN",
      defaultValue = "{model}-{scheme}.gguf",
      description = {
        "The outputs' names: {scheme} stands for the scheme's name, {model} for the input's without"
            + " the type at its end. Default: ${DEFAULT-VALUE}."
      })
  private String name;

  @Mixin private ModelArguments model;

  @Mixin private RunArguments arguments;

  @Override
  public Integer call() throws IOException, PlanException, JobFailedException {
    RunLog log = RunLog.start(spec);
    arguments.check(spec.commandLine());
    Storage storage = SparkContexts.storage();
    OutputPattern naming = new OutputPattern(outputDir, name, model.input);
    Preparation prepared = Preparation.of(model, schemes, naming, false, storage);
    report(prepared);
    if (prepared.schemes().isEmpty()) {
      return ExitCodes.INPUT;
    }
    String tables =
        arguments.runDir == null
            ? OutputPaths.resolve(outputDir, storage) + "/run"
            : arguments.runDir;
    try (RunFolder folder = RunFolder.of(tables, storage)) {
      run(prepared, log, folder, storage);
      ReportCommand.write(folder);
    }
    System.out.println("Tables in " + tables);
    System.out.println("Report in " + Report.page(tables));
    return prepared.failures().isEmpty() ? ExitCodes.OK : failed(prepared);
  }

  private void run(Preparation prepared, RunLog log, RunFolder folder, Storage storage)
      throws IOException, JobFailedException {
    QuantizeRun run =
        new QuantizeRun(
            prepared, log, model.words(), arguments.overwrite, arguments.resume, folder, storage);
    Evaluation evaluation = arguments.kld ? run.evaluation(arguments.corpora) : null;
    RunResult result = run.quantize();
    prepared.outputs().forEach(path -> System.out.println("Wrote " + PrintableText.of(path, 2000)));
    SweepSummary summary = new SweepSummary(prepared, result);
    if (evaluation == null) {
      summary.print();
    } else {
      summary.print(run.measure(evaluation).statistics());
    }
  }

  /** Says again what was said at the start and has scrolled away since. */
  private int failed(Preparation prepared) {
    String left =
        prepared.failures().stream().map(SchemeFailure::asked).collect(Collectors.joining(", "));
    System.err.println(
        PrintableText.of(
            String.format(
                "sparkquant: %d of %d schemes were left out: %s",
                prepared.failures().size(), schemes.size(), left),
            2000));
    return ExitCodes.INPUT;
  }

  /** Says before work starts what will not come of it, and what may not be meant so. */
  private static void report(Preparation prepared) {
    for (SchemeFailure failure : prepared.failures()) {
      System.err.println(
          "sparkquant: leaving out "
              + PrintableText.of(failure.asked() + ": " + failure.reason(), 2000));
    }
    for (SchemeOutput scheme : prepared.schemes()) {
      for (String warning : scheme.warnings()) {
        System.err.println("sparkquant: " + PrintableText.of(scheme.name() + ": " + warning, 2000));
      }
    }
  }
}
