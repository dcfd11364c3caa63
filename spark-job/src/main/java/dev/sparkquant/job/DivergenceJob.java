package dev.sparkquant.job;

import dev.sparkquant.kernels.linalg.Workers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

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
   * @throws dev.sparkquant.eval.divergence.EvaluationException if tasks have too little memory for
   *     a chunk
   * @throws JobFailedException if the models cannot be compared or tasks keep failing
   * @throws IOException if the driver's own reading or writing fails
   */
  public DivergenceResult run(DivergenceOrder order, Path chunkFolder, boolean resume)
      throws IOException, JobFailedException {
    int vocabulary = checkMemory(order);
    byte[] fingerprint = DivergenceFingerprint.of(order, storage);
    SavedLogits saved =
        order.saveLogits() == null
            ? null
            : new SavedLogits(order.saveLogits(), order.corpora().get(0), vocabulary);
    boolean goOn = resume && (saved == null || saved.begun());
    try (ChunkStore store =
        goOn
            ? ChunkStore.resume(chunkFolder, fingerprint)
            : ChunkStore.fresh(chunkFolder, fingerprint)) {
      if (saved != null && !goOn) {
        saved.create();
      }
      return run(order, store, saved);
    }
  }

  /** Checks the order, and that a task has memory enough, before anything is written. */
  private int checkMemory(DivergenceOrder order) throws IOException {
    TaskMemory memory = TaskMemory.ofExecutors(spark, tasksEachProcess());
    try (Workers workers = new Workers(threadsEach());
        OpenModels models = new OpenModels(order, storage, workers)) {
      for (TokenizedCorpus corpus : order.corpora()) {
        memory.chunksAtOnce(1, chunks -> models.evaluator().bytes(corpus.contextLength(), chunks));
      }
      return models.vocabulary();
    }
  }

  private DivergenceResult run(DivergenceOrder order, ChunkStore store, SavedLogits saved)
      throws IOException, JobFailedException {
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

  /** Threads that a task has. */
  private int threadsEach() {
    return spark.getConf().getInt("spark.task.cpus", 1);
  }

  /** Tasks that run in one process at a time. */
  private int tasksEachProcess() {
    int cores =
        spark.isLocal()
            ? spark.defaultParallelism()
            : spark
                .getConf()
                .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / threadsEach());
  }

  private void runTasks(DivergenceOrder order, DivergenceCollector collector)
      throws JobFailedException {
    int slots = Math.max(1, spark.defaultParallelism() / threadsEach());
    List<ChunkGroup> groups = ChunkGroup.group(order.corpora(), slots, collector::done);
    Broadcast<DivergenceOrder> broadcast = spark.broadcast(order);
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      new TaskRun<>(
              new DivergenceTask(broadcast, hadoop, tasksEachProcess()),
              collector::accept,
              collector::refusal)
          .run(spark, "Compare " + order.models().size() + " models", groups);
    } finally {
      broadcast.destroy();
      hadoop.destroy();
    }
  }
}
