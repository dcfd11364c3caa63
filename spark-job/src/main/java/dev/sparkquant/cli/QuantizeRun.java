package dev.sparkquant.cli;

import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.QuantizeJob;
import dev.sparkquant.job.RunResult;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.report.RunEnvironment;
import dev.sparkquant.report.RunInput;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.report.TensorTable;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.OutputStore;
import dev.sparkquant.store.RunFolder;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Carries out what {@code quantize} and {@code sweep} have prepared: writes all outputs in one job,
 * then measures them if asked to, and leaves record and tables in the run's folder.
 */
final class QuantizeRun {
  private final Preparation prepared;
  private final RunLog log;
  private final List<String> options;
  private final boolean overwrite;
  private final boolean resume;
  private final RunFolder folder;
  private final Storage storage;
  private RunRecord record;

  /**
   * A run that can start: nothing stands in the way of its outputs.
   *
   * @param resume whether to go on from what an unfinished run of the same has left
   * @param options that change what the schemes do, for the record
   * @param folder for record and tables
   */
  QuantizeRun(
      Preparation prepared,
      RunLog log,
      List<String> options,
      boolean overwrite,
      boolean resume,
      RunFolder folder,
      Storage storage)
      throws IOException {
    OutputPaths.require(prepared.outputs(), prepared.inputs(), overwrite, storage);
    this.prepared = prepared;
    this.log = log;
    this.options = options;
    this.overwrite = overwrite;
    this.resume = resume;
    this.folder = folder;
    this.storage = storage;
  }

  /** The evaluation to come; what would hinder it shows before anything is quantized. */
  Evaluation evaluation(CorpusArguments corpora) throws IOException {
    List<String> quantized =
        prepared.schemes().stream()
            .map(scheme -> prepared.outputsOf(scheme).get(0).path())
            .toList();
    DivergenceOrder order =
        CorpusLoader.against(prepared.inputs().get(0), quantized, List.of(), corpora, storage);
    List<String> names = prepared.schemes().stream().map(SchemeOutput::name).toList();
    return new Evaluation(order, names, folder.local(), false);
  }

  /** Writes the outputs, all or none, and the run's record and table of tensors. */
  RunResult quantize() throws IOException, JobFailedException {
    Map<Integer, float[]> importance = prepared.importance();
    List<String> models = prepared.schemes().stream().map(SchemeOutput::path).toList();
    RunResult result;
    RunRecord.Environment environment;
    List<String> unfinished = resume ? List.of() : Unfinished.among(models);
    try (OutputStore store = OutputStore.claim(models, resume, storage)) {
      Unfinished.announce(unfinished);
      if (resume && store.manifest().isEmpty()) {
        System.err.println(
            "sparkquant: starting anew: unfinished work cannot be kept where the outputs go");
      }
      store.requireSpace(prepared.plan().outputBytes());
      try (JavaSparkContext spark =
          SparkContexts.start("sparkquant quantize", prepared.plan(), importance.keySet())) {
        TerminalProgress progress = TerminalProgress.onStandardError();
        result =
            new QuantizeJob(spark, progress)
                .run(prepared.plan(), importance, store, overwrite, resume);
        environment = RunEnvironment.of(spark, result.kernels());
      }
    }
    TensorTable.write(folder.local().resolve("tensors.parquet"), result.tensors());
    RunRecord.Quantization quantization =
        new RunRecord.Quantization(
            result.encodeSeconds(),
            result.seconds(),
            result.encodedWeights(),
            result.reusedWeights());
    RunRecord.Input input = RunInput.of(prepared.model(), storage);
    record = log.record(environment, input, outputs(), quantization, null);
    record.write(folder.local());
    folder.publish();
    return result;
  }

  /** Measures what was written, and adds that to the run's record and tables. */
  DivergenceReport measure(Evaluation evaluation) throws IOException, JobFailedException {
    Evaluation.Finished finished = evaluation.run(storage);
    record = record.with(finished.divergence());
    record.write(folder.local());
    folder.publish();
    return finished.report();
  }

  private List<RunRecord.Output> outputs() {
    List<RunRecord.Output> outputs = new ArrayList<>();
    for (SchemeOutput scheme : prepared.schemes()) {
      List<OutputFile> files = prepared.outputsOf(scheme);
      outputs.add(
          new RunRecord.Output(
              scheme.name(),
              scheme.name(),
              scheme.definition(),
              options,
              files.stream().map(OutputFile::path).toList(),
              files.stream().mapToLong(OutputFile::length).sum(),
              bitsPerWeight(files),
              true,
              null));
    }
    for (SchemeFailure failure : prepared.failures()) {
      outputs.add(
          new RunRecord.Output(
              failure.asked(),
              failure.asked(),
              null,
              options,
              List.of(),
              0,
              0,
              false,
              failure.reason()));
    }
    return outputs;
  }

  /** Bits of tensor data for each element. */
  static double bitsPerWeight(List<OutputFile> files) {
    long bytes = 0;
    long elements = 0;
    for (OutputFile file : files) {
      for (OutputTensor tensor : file.tensors()) {
        bytes += tensor.info().bytes();
        elements += tensor.info().elements();
      }
    }
    return bytes * 8.0 / Math.max(elements, 1);
  }
}
