package dev.sparkquant.job;

import dev.sparkquant.kernels.linalg.Workers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Compares models with a base model on Spark: groups of chunks go to executors, each takes its
 * groups through all models in lock-step, and the scores are put together in the order of the
 * chunks: the same figures whatever ran where.
 *
 * <p>The driver holds the scores of all tokens: 29 bytes a scored token and model.
 */
public final class DivergenceJob {
  private final JavaSparkContext spark;
  private final Storage storage;
  private final DivergenceProgress progress;

  public DivergenceJob(JavaSparkContext spark, Storage storage, DivergenceProgress progress) {
    this.spark = spark;
    this.storage = storage;
    this.progress = progress;
  }

  /**
   * Checks, before anything is started, that the models can be compared.
   *
   * @throws dev.sparkquant.eval.model.ModelException if a model cannot be evaluated, or not with
   *     the others
   * @throws dev.sparkquant.eval.divergence.EvaluationException if saved logits are of another
   *     vocabulary
   * @return tokens in the models' vocabulary
   */
  public static int check(DivergenceOrder order, Storage storage) throws IOException {
    try (Workers workers = new Workers(1);
        OpenModels models = new OpenModels(order, storage, workers)) {
      return models.vocabulary();
    }
  }

  /**
   * Runs the comparison.
   *
   * @param chunkFolder where finished chunks are kept
   * @param resume whether to go on from what an earlier run of the same order left there
   * @throws JobFailedException if the models cannot be compared or tasks keep failing
   * @throws IOException if the driver's own reading or writing fails
   */
  public DivergenceResult run(DivergenceOrder order, Path chunkFolder, boolean resume)
      throws IOException, JobFailedException {
    int vocabulary = check(order, storage);
    byte[] fingerprint = DivergenceFingerprint.of(order, storage);
    SavedLogits saved =
        order.saveLogits() == null
            ? null
            : new SavedLogits(order.saveLogits(), order.corpora().get(0), vocabulary);
    boolean goOn = resume && (saved == null || saved.begun());
    ChunkStore store =
        goOn
            ? ChunkStore.resume(chunkFolder, fingerprint)
            : ChunkStore.fresh(chunkFolder, fingerprint);
    if (saved != null && !goOn) {
      saved.create();
    }
    DivergenceCollector collector = new DivergenceCollector(order, store, progress);
    collector.resume();
    int resumed = collector.chunksDone();
    long start = System.nanoTime();
    try {
      runTasks(saved == null ? order : order.savingTo(saved.unfinished()), collector);
    } finally {
      progress.ended();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (saved != null) {
      saved.publish();
    }
    return new DivergenceResult(collector.models(), collector.tokens(), resumed, seconds);
  }

  private void runTasks(DivergenceOrder order, DivergenceCollector collector)
      throws JobFailedException {
    int threads = spark.getConf().getInt("spark.task.cpus", 1);
    int slots = Math.max(1, spark.defaultParallelism() / threads);
    List<ChunkGroup> groups = ChunkGroup.group(order.corpora(), slots, collector::done);
    int cores =
        spark.isLocal()
            ? spark.defaultParallelism()
            : spark
                .getConf()
                .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    Broadcast<DivergenceOrder> broadcast = spark.broadcast(order);
    try {
      new TaskRun<>(
              new DivergenceTask(broadcast, Math.max(1, cores / threads)),
              DivergenceOutcome.class,
              collector::accept,
              collector::refusal)
          .run(spark, "Compare " + order.models().size() + " models", groups);
    } finally {
      broadcast.destroy();
    }
  }
}
