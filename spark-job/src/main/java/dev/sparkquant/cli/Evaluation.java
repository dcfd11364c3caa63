package dev.sparkquant.cli;

import dev.sparkquant.eval.tokenizer.TokenizerException;
import dev.sparkquant.eval.tokenizer.Tokenizers;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.job.DivergenceJob;
import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.DivergenceResult;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.DivergenceTables;
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
 * @param runDir where its tables and finished chunks go
 * @param resume whether to go on from chunks that an earlier run has left there
 */
record Evaluation(DivergenceOrder order, Path runDir, boolean resume) {

  List<String> names() {
    return ModelNames.of(order.models());
  }

  /** Runs the evaluation and writes its tables. */
  DivergenceReport run(Storage storage) throws IOException, JobFailedException {
    DivergenceLine progress =
        new DivergenceLine(names(), System.err, Boolean.getBoolean("sparkquant.terminal"));
    DivergenceResult result;
    try (JavaSparkContext spark = SparkContexts.start("sparkquant kld", order.chunks())) {
      result =
          new DivergenceJob(spark, storage, progress)
              .run(order, runDir.resolve("finished-chunks"), resume);
    }
    int contextLength = order.corpora().get(0).contextLength();
    DivergenceTables.write(runDir, names(), result.models(), contextLength);
    writeVocabulary(storage);
    return new DivergenceReport(names(), result);
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
