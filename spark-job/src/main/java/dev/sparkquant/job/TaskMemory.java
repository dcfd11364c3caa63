package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.EvaluationException;
import java.util.function.IntToLongFunction;

/** Fits the chunks that a task takes at a time into the memory that is its own. */
final class TaskMemory {
  /** Beside the evaluation: Spark, opened models, results. */
  private static final double SHARE = 0.8;

  private TaskMemory() {}

  /**
   * How many chunks to take at a time.
   *
   * @param bytes the memory that so many chunks take at once
   * @param tasks that share the memory of this Java virtual machine
   * @throws EvaluationException if not even one chunk fits
   */
  static int chunksAtOnce(int chunks, IntToLongFunction bytes, int tasks) {
    long available = (long) (SHARE * Runtime.getRuntime().maxMemory() / tasks);
    int fitting = chunks;
    while (fitting > 0 && bytes.applyAsLong(fitting) > available) {
      fitting--;
    }
    if (fitting == 0) {
      throw new EvaluationException(
          String.format(
              "Cannot evaluate: a chunk takes %d MB, but a task has %d MB; give more memory, fewer"
                  + " models or a smaller context, or let fewer tasks share it (spark.task.cpus)",
              bytes.applyAsLong(1) >> 20, available >> 20));
    }
    return fitting;
  }
}
