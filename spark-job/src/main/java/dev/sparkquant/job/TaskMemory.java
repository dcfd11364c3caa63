package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.EvaluationException;
import java.util.function.IntToLongFunction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The memory of a process that runs tasks, and how many chunks a task may take at a time in its
 * share of it.
 *
 * @param heap bytes of the Java virtual machine's heap
 * @param tasks that share it
 */
record TaskMemory(long heap, int tasks) {
  /** Percent for evaluations; the rest is for Spark, opened models and results. */
  private static final int SHARE = 80;

  private static final long MEGABYTE = 1L << 20;

  /** Of this process. */
  static TaskMemory ofThisProcess(int tasks) {
    return new TaskMemory(Runtime.getRuntime().maxMemory(), tasks);
  }

  /**
   * Of the processes that will run the tasks, as far as settings tell.
   *
   * @param tasks that share each
   */
  static TaskMemory ofExecutors(JavaSparkContext spark, int tasks) {
    return spark.isLocal()
        ? ofThisProcess(tasks)
        : new TaskMemory(spark.getConf().getSizeAsBytes("spark.executor.memory", "1g"), tasks);
  }

  /** Bytes that a task may use. */
  private long each() {
    return heap / 100 * SHARE / tasks;
  }

  /**
   * How many chunks to take at a time.
   *
   * @param chunks there are
   * @param bytes the memory that so many chunks take at once
   * @throws EvaluationException if not even one fits
   */
  int chunksAtOnce(int chunks, IntToLongFunction bytes) {
    int fitting = chunks;
    while (fitting > 0 && bytes.applyAsLong(fitting) > each()) {
      fitting--;
    }
    if (fitting == 0) {
      throw tooLittle(bytes.applyAsLong(1));
    }
    return fitting;
  }

  private EvaluationException tooLittle(long needed) {
    if (needed == Long.MAX_VALUE) {
      return new EvaluationException(
          "Cannot evaluate: a chunk's activations are more than one array can hold; use a smaller"
              + " --ctx");
    }
    return new EvaluationException(
        String.format(
            "Cannot evaluate: one chunk takes %1$,d MB with these models, but a task has %2$,d MB:"
                + " %3$d %% of a Java heap of %4$,d MB, shared by %5$d. Give it %6$,d MB"
                + " (SPARKQUANT_JAVA_OPTS=-Xmx%6$dm on this machine, spark.executor.memory on a"
                + " cluster), or use a smaller --ctx, fewer models at a time, or a greater"
                + " spark.task.cpus",
            megabytes(needed),
            each() / MEGABYTE,
            SHARE,
            heap / MEGABYTE,
            tasks,
            megabytes(needed * tasks / SHARE * 100)));
  }

  /** Rounded up. */
  private static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
