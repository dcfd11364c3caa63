package dev.sparkquant.cli;

import dev.sparkquant.job.DivergenceJob;
import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.DivergenceResult;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.DivergenceTables;
import dev.sparkquant.store.Storage;
import java.io.IOException;
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
    return new DivergenceReport(names(), result);
  }
}
