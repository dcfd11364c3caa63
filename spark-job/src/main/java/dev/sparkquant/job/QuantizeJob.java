package dev.sparkquant.job;

import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.TaskGrouping;
import dev.sparkquant.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Carries out a plan on Spark: creates the unpublished files, has executors fill them, writes the
 * headers, verifies, and publishes by rename. Until then nothing changes under the outputs' names.
 */
public final class QuantizeJob {
  private final JavaSparkContext spark;
  private final Progress progress;

  public QuantizeJob(JavaSparkContext spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /**
   * Runs the plan into the workspace and publishes its outputs.
   *
   * @param importance the importance matrix's values by source tensor
   * @param overwrite whether existing outputs may be replaced
   * @throws JobFailedException if the model cannot be quantized or tasks keep failing
   * @throws IOException if the driver's own reading or writing fails
   */
  public RunResult run(
      QuantizePlan plan, Map<Integer, float[]> importance, Workspace workspace, boolean overwrite)
      throws IOException, JobFailedException {
    long start = System.nanoTime();
    List<Path> outputs = plan.outputs().stream().map(output -> Path.of(output.path())).toList();
    workspace.requireSpace(plan.outputBytes());
    for (OutputFile output : plan.outputs()) {
      workspace.create(Path.of(output.path()), output.length());
    }

    WorkOrder order =
        new WorkOrder(
            plan.tensors(),
            outputs.stream().map(output -> workspace.unpublished(output).toString()).toList(),
            new HashMap<>(importance));
    RunCollector collector = new RunCollector(plan, progress);
    progress.started(plan.tensors().size(), inputBytes(plan));
    long encodeStart = System.nanoTime();
    try {
      runTasks(plan, order, collector);
    } finally {
      progress.ended();
    }
    double encodeSeconds = (System.nanoTime() - encodeStart) / 1e9;

    collector.requireComplete();
    for (OutputFile output : plan.outputs()) {
      finish(output, workspace.unpublished(Path.of(output.path())));
    }
    workspace.publish(outputs, overwrite);
    return new RunResult(
        collector.tensors(), collector.kernels(), encodeSeconds, (System.nanoTime() - start) / 1e9);
  }

  private void runTasks(QuantizePlan plan, WorkOrder order, RunCollector collector)
      throws JobFailedException {
    List<TaskGroup> groups =
        TaskGrouping.group(plan, spark.defaultParallelism()).stream().map(TaskGroup::new).toList();
    Broadcast<WorkOrder> broadcast = spark.broadcast(order);
    try {
      new TaskRun<>(
              new EncodeTask(broadcast), TaskOutcome.class, collector::accept, collector::refusal)
          .run(spark, "Encode " + plan.outputs().get(0).scheme(), groups);
    } finally {
      broadcast.destroy();
    }
  }

  private static long inputBytes(QuantizePlan plan) {
    long bytes = 0;
    for (Slice slice : plan.slices()) {
      bytes += plan.tensors().get(slice.tensor()).type().bytes(slice.elements());
    }
    return bytes;
  }

  /** Writes the header, last of all, and reads it back. */
  private static void finish(OutputFile output, Path file) throws IOException, JobFailedException {
    try (LocalFileOutput out = LocalFileOutput.open(file)) {
      byte[] header = output.header();
      out.write(0, header, 0, header.length);
    }
    GgufHeader header;
    try (LocalFileInput in = LocalFileInput.open(file)) {
      header = GgufReader.read(in);
    }
    List<dev.sparkquant.gguf.TensorInfo> expected =
        output.tensors().stream().map(OutputTensor::info).toList();
    if (!header.tensors().equals(expected) || header.dataOffset() != output.dataStart()) {
      throw new JobFailedException(
          "Cannot publish " + output.path() + ": the header read back differs from the plan");
    }
  }
}
