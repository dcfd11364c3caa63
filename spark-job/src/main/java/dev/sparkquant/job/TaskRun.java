package dev.sparkquant.job;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs one task for each piece of work and hands the outcomes over as they come in.
 *
 * @param <T> what a task is given
 * @param <R> what it comes back with
 */
final class TaskRun<T, R> {
  /**
   * Spark's own property that keeps RDDs from being grouped in its drawings. Naming a group takes
   * it a JSON library, and that a tenth of a second to start.
   */
  private static final String NO_SCOPES = "spark.rdd.scope.noOverride";

  private final Function1<Iterator<T>, R> task;
  private final Consumer<R> accept;
  private final Supplier<String> refusal;

  /**
   * @param accept takes an outcome, one at a time
   * @param refusal why the work cannot be done, or null; once there is one the job ends
   */
  TaskRun(Function1<Iterator<T>, R> task, Consumer<R> accept, Supplier<String> refusal) {
    this.task = task;
    this.accept = accept;
    this.refusal = refusal;
  }

  /**
   * Runs the tasks and returns when all outcomes have been handed over.
   *
   * @param description for Spark's interface
   * @throws JobFailedException if there is a refusal, or a task keeps failing
   */
  void run(JavaSparkContext spark, String description, List<T> pieces) throws JobFailedException {
    spark.setJobGroup("sparkquant", description, true);
    spark.setLocalProperty(NO_SCOPES, "true");
    try {
      JavaRDD<T> tasks = spark.parallelize(pieces, Math.max(pieces.size(), 1));
      Await.result(
          spark
              .sc()
              .submitJob(
                  tasks.rdd(), task, indexes(pieces.size()), new Handler(), () -> BoxedUnit.UNIT),
          Duration.Inf());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("Nobody interrupts a job, and it may take for ever", e);
    } catch (Exception e) {
      // Scala methods throw SparkException without declaring it.
      if (refusal.get() != null) {
        throw new JobFailedException(refusal.get(), e);
      }
      if (e instanceof SparkException) {
        throw new JobFailedException("Cannot complete the job: " + firstLine(e), e);
      }
      throw e;
    } finally {
      spark.setLocalProperty(NO_SCOPES, null);
      spark.clearJobGroup();
    }
    if (refusal.get() != null) {
      throw new JobFailedException(refusal.get());
    }
  }

  /** Hands outcomes over; a refusal ends the job. */
  private final class Handler extends AbstractFunction2<Object, R, BoxedUnit> {
    @Override
    public BoxedUnit apply(Object index, R outcome) {
      accept.accept(outcome);
      if (refusal.get() != null) {
        throw new IllegalStateException(refusal.get());
      }
      return BoxedUnit.UNIT;
    }
  }

  private static Seq<Object> indexes(int count) {
    List<Object> indexes = IntStream.range(0, count).<Object>mapToObj(i -> i).toList();
    return CollectionConverters.asScala(indexes).toSeq();
  }

  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    int cause = message.indexOf(TaskIoException.class.getName());
    if (cause >= 0) {
      message = message.substring(cause + TaskIoException.class.getName().length() + 2);
    }
    return message.lines().findFirst().orElse(message);
  }
}
