package dev.sparkquant.cli;

import dev.sparkquant.eval.tokenizer.TokenizerException;
import dev.sparkquant.eval.tokenizer.Tokenizers;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.job.DivergenceJob;
import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.DivergenceResult;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.job.TokenizedCorpus;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.report.DivergenceTables;
import dev.sparkquant.report.RunEnvironment;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.report.VocabularyTable;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An evaluation ready to start.
 *
 * @param names what to call the models, in their order
 * @param runDir where its tables and finished chunks go
 * @param resume whether to go on from chunks that an earlier run has left there
 */
record Evaluation(DivergenceOrder order, List<String> names, Path runDir, boolean resume) {

  Evaluation {
    names = List.copyOf(names);
  }

  /**
   * What an evaluation came to.
   *
   * @param environment where it took place
   */
  record Finished(
      DivergenceReport report,
      RunRecord.Divergence divergence,
      RunRecord.Environment environment) {}

  /** Runs the evaluation and writes its tables. */
  Finished run(Storage storage) throws IOException, JobFailedException {
    DivergenceLine progress =
        new DivergenceLine(names, System.err, Boolean.getBoolean("sparkquant.terminal"));
    DivergenceResult result;
    RunRecord.Environment environment;
    try (JavaSparkContext spark = SparkContexts.start("sparkquant kld", order.chunks())) {
      result =
          new DivergenceJob(spark, storage, progress)
              .run(order, runDir.resolve("finished-chunks"), resume);
      environment = RunEnvironment.of(spark, List.of(Kernels.implementation()));
    }
    int contextLength = order.corpora().get(0).contextLength();
    DivergenceTables.write(runDir, names, result.models(), contextLength);
    writeVocabulary(storage);
    DivergenceReport report = new DivergenceReport(names, result);
    RunRecord.Divergence divergence =
        new RunRecord.Divergence(
            order.base() == null ? order.baseLogits() : order.base(),
            contextLength,
            order.corpora().stream().map(Evaluation::text).toList(),
            result.seconds(),
            report.models());
    return new Finished(report, divergence, environment);
  }

  private static RunRecord.CorpusText text(TokenizedCorpus corpus) {
    return new RunRecord.CorpusText(
        corpus.name(),
        Storage.absolute(corpus.name()),
        corpus.chunks(),
        (long) corpus.chunks() * corpus.contextLength());
  }

  /** Puts the texts of tokens beside the tables, so that reports can quote them. */
  private void writeVocabulary(Storage storage) throws IOException {
    String model = order.base() == null ? order.models().get(0) : order.base();
    try {
      VocabularyTable.write(runDir, Tokenizers.from(GgufModel.open(model, storage).metadata()));
    } catch (TokenizerException e) {
      // Token ids serve models whose vocabulary we cannot use: reports show the ids.
      Files.deleteIfExists(runDir.resolve(VocabularyTable.FILE));
    }
  }
}
