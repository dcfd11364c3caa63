package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.RunInput;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.report.html.Report;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.RunFolder;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kld}: what quantizations cost, against the original. */
@Command(
    name = "kld",
    description = {
      "Measures what quantizations cost.",
      "Runs the original and quantized models over a corpus and prints every figure of"
          + " llama-perplexity --kl-divergence."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sparkquant kld --base m-bf16.gguf --model m-Q4_K_M.gguf --corpus wiki.txt",
      "  sparkquant kld --base m-bf16.gguf --model a.gguf --model b.gguf \\",
      "      --corpus wiki.txt --ctx 2048 --chunks 4 --json",
      "  sparkquant kld --base-logits base.kld --model a.gguf"
    })
final class KldCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--base",
      paramLabel = "BASE.gguf",
      description = "The original; of a split model, its first shard. A path or a Hadoop URI.")
  private String base;

  @Option(
      names = "--base-logits",
      paramLabel = "FILE",
      description = {
        "Instead of the original its logits, saved by --save-logits or by llama-perplexity"
            + " --kl-divergence-base; the corpus and its chunks are the file's."
      })
  private String baseLogits;

  @Option(
      names = "--model",
      paramLabel = "MODEL.gguf",
      description = "A model to hold against it. Repeatable: all go in one pass.")
  private List<String> models = new ArrayList<>();

  @Mixin private CorpusArguments corpora;

  @Option(
      names = "--save-logits",
      paramLabel = "FILE",
      description = {
        "Write the original's logits to a file that llama-perplexity --kl-divergence-base reads, on"
            + " a file system that every executor sees."
      })
  private String saveLogits;

  @Option(names = "--overwrite", description = "Replace an existing file of logits.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description = "Go on from the chunks that a stopped run has left in --run-dir.")
  private boolean resume;

  @Option(names = "--each-chunk", description = "Print the running figures after every chunk too.")
  private boolean eachChunk;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = {
        "Where the run's tables and finished chunks go. Default: MODEL.kld in the current folder,"
            + " after the first model."
      })
  private String runDir;

  @Override
  public Integer call() throws IOException, JobFailedException {
    RunLog log = RunLog.start(spec);
    checkUsage();
    Storage storage = SparkContexts.storage();
    DivergenceReport report;
    try (RunFolder folder = RunFolder.of(runDirectory(), storage)) {
      DivergenceOrder order = order(storage);
      Evaluation evaluation =
          new Evaluation(order, ModelNames.of(order.models()), folder.local(), resume);
      Evaluation.Finished finished = evaluation.run(storage);
      record(log, evaluation, finished, storage).write(folder.local());
      ReportCommand.write(folder);
      report = finished.report();
    }
    if (json) {
      Json.print(report.json());
      return ExitCodes.OK;
    }
    report.print(eachChunk);
    if (saveLogits != null) {
      System.out.println("Wrote " + saveLogits);
    }
    System.out.println("Tables in " + runDirectory());
    System.out.println("Report in " + Report.page(runDirectory()));
    return ExitCodes.OK;
  }

  private void checkUsage() {
    require((base == null) != (baseLogits == null), "Give either --base or --base-logits");
    require(
        !models.isEmpty() || (base != null && saveLogits != null),
        "Give at least one --model to hold against the base");
    require(
        baseLogits == null || corpora.corpora.isEmpty(),
        "Leave --corpus out: a file of base logits has its own corpus");
    require(baseLogits != null || !corpora.corpora.isEmpty(), "Give a text with --corpus");
    require(
        saveLogits == null || (base != null && corpora.corpora.size() == 1),
        "--save-logits takes a --base and one --corpus: the file holds one text's logits");
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private DivergenceOrder order(Storage storage) throws IOException {
    List<String> files = models.stream().map(Storage::absolute).toList();
    if (baseLogits != null) {
      String file = Storage.absolute(baseLogits);
      CorpusLoader loader = new CorpusLoader(storage, GgufModel.open(files.get(0), storage));
      return new DivergenceOrder(null, file, files, List.of(loader.ofLogits(file, corpora)), null);
    }
    DivergenceOrder order =
        CorpusLoader.against(Storage.absolute(base), files, files, corpora, storage);
    if (saveLogits == null) {
      return order;
    }
    String target =
        Storage.localPath(saveLogits)
            .orElseThrow(
                () ->
                    new StorageException(
                        "Cannot write "
                            + saveLogits
                            + ": logits have to be on a local or mounted file system"))
            .toString();
    List<String> inputs = new ArrayList<>(files);
    inputs.add(order.base());
    inputs.addAll(corpora.corpora);
    OutputPaths.require(List.of(target), inputs, overwrite, storage);
    return order.savingTo(target);
  }

  private static RunRecord record(
      RunLog log, Evaluation evaluation, Evaluation.Finished finished, Storage storage)
      throws IOException {
    DivergenceOrder order = evaluation.order();
    RunRecord.Input input =
        order.base() == null ? null : RunInput.of(GgufModel.open(order.base(), storage), storage);
    List<RunRecord.Output> outputs = new ArrayList<>();
    for (int i = 0; i < order.models().size(); i++) {
      GgufModel model = GgufModel.open(order.models().get(i), storage);
      RunRecord.Input measured = RunInput.of(model, storage);
      long dataBytes = model.tensors().stream().mapToLong(ModelTensor::bytes).sum();
      outputs.add(
          new RunRecord.Output(
              evaluation.names().get(i),
              null,
              null,
              List.of(),
              measured.files().stream().map(RunRecord.InputFile::path).toList(),
              measured.bytes(),
              dataBytes * 8.0 / Math.max(measured.parameters(), 1),
              true,
              null));
    }
    return log.record(finished.environment(), input, outputs, null, finished.divergence());
  }

  private String runDirectory() {
    if (runDir != null) {
      return runDir;
    }
    return ModelNames.shortName(models.isEmpty() ? base : models.get(0)) + ".kld";
  }
}
