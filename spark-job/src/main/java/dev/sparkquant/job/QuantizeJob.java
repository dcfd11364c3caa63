package dev.sparkquant.job;

import static java.util.stream.Collectors.joining;

import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.PartGrouping;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.TaskGrouping;
import dev.sparkquant.store.OutputStore;
import dev.sparkquant.store.PartLimits;
import dev.sparkquant.store.Reason;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import dev.sparkquant.store.StoredPart;
import dev.sparkquant.store.UnpublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Carries out a plan on Spark: prepares the unpublished files, has executors fill them, finishes
 * and verifies them, and publishes them. Until then nothing changes under the outputs' names.
 */
public final class QuantizeJob {
  private final JavaSparkContext spark;
  private final Progress progress;

  public QuantizeJob(JavaSparkContext spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /**
   * Runs the plan into storage and publishes its outputs.
   *
   * @param importance the importance matrix's values by source tensor
   * @param overwrite whether existing outputs may be replaced
   * @param resume whether to go on from what an unfinished run of the same plan has left
   * @throws JobFailedException if the model cannot be quantized or tasks keep failing
   * @throws IOException if the driver's own reading or writing fails
   */
  public RunResult run(
      QuantizePlan plan,
      Map<Integer, float[]> importance,
      OutputStore store,
      boolean overwrite,
      boolean resume)
      throws IOException, JobFailedException {
    Storage storage = new Storage(spark.hadoopConfiguration());
    InputFiles inputs = InputFiles.of(plan, storage);
    RunIdentity identity = RunIdentity.of(inputs, plan, importance);
    try (RunManifest manifest = manifest(store, identity, plan, resume)) {
      store.keep(!manifest.isEmpty());
      RunCollector collector = new RunCollector(plan, manifest, progress);
      try {
        return run(plan, importance, store, overwrite, inputs, manifest, collector);
      } catch (IOException e) {
        requireResumable(store, inputs, collector);
        throw new StorageException(Reason.of(e) + whatStays(store, manifest), e);
      } catch (JobFailedException e) {
        requireResumable(store, inputs, collector);
        throw new JobFailedException(e.getMessage() + whatStays(store, manifest), e);
      }
    }
  }

  /** If a later run could not succeed with the same input either, nothing is kept for it. */
  private static void requireResumable(OutputStore store, InputFiles inputs, RunCollector collector)
      throws IOException, JobFailedException {
    store.keep(false);
    if (collector.refusal() != null) {
      throw new JobFailedException(collector.refusal());
    }
    inputs.requireUnchanged();
  }

  /** Keeps what is finished for a later run, and says so; there may be nothing to keep. */
  private static String whatStays(OutputStore store, RunManifest manifest) {
    if (manifest.isEmpty()) {
      return "";
    }
    store.keep(true);
    Path folder = store.manifest().orElseThrow().getParent();
    return "; what is finished stays in "
        + folder
        + ": give --resume to go on from it, or remove it with 'sparkquant clean "
        + folder
        + "'";
  }

  private static RunManifest manifest(
      OutputStore store, RunIdentity identity, QuantizePlan plan, boolean resume)
      throws IOException {
    Optional<Path> file = store.manifest();
    if (file.isEmpty()) {
      return RunManifest.none();
    }
    return resume
        ? RunManifest.resume(file.get(), identity, plan)
        : RunManifest.create(file.get(), identity, plan);
  }

  private RunResult run(
      QuantizePlan plan,
      Map<Integer, float[]> importance,
      OutputStore store,
      boolean overwrite,
      InputFiles inputs,
      RunManifest manifest,
      RunCollector collector)
      throws IOException, JobFailedException {
    long start = System.nanoTime();
    store.requireSpace(plan.outputBytes());
    List<TaskGroup> groups = groups(plan, store);
    List<UnpublishedFile> files = new ArrayList<>();
    for (OutputFile output : plan.outputs()) {
      files.add(store.create(output.path(), output.length()));
    }

    WorkOrder order =
        new WorkOrder(
            plan.tensors(), files, new HashMap<>(importance), new HashMap<>(manifest.recorded()));
    progress.started(plan.tensors().size(), inputBytes(plan));
    double encodeSeconds;
    try {
      encodeSeconds = runTasks(plan, order, groups, collector);
    } finally {
      progress.ended();
    }

    collector.requireComplete();
    boolean inParts = store.parts().isPresent();
    List<Integer> unseen = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      OutputFile output = plan.outputs().get(i);
      List<StoredPart> parts = inParts ? collector.parts(i) : List.of();
      store.finish(files.get(i), output.header(), parts);
      if (!verify(output, store.open(files.get(i)))) {
        unseen.add(i);
      }
    }
    inputs.requireUnchanged();
    store.publish(files, overwrite);
    store.keep(false);
    for (int i : unseen) {
      verify(plan.outputs().get(i), store.open(files.get(i)));
    }
    return new RunResult(
        collector.tensors(),
        collector.kernels(),
        plan.slices().size(),
        collector.reused(),
        collector.encodedWeights(),
        collector.reusedWeights(),
        encodeSeconds,
        (System.nanoTime() - start) / 1e9);
  }

  /** The tasks, the most expensive first. */
  private List<TaskGroup> groups(QuantizePlan plan, OutputStore store) throws JobFailedException {
    int cores = spark.defaultParallelism();
    if (store.parts().isEmpty()) {
      return TaskGrouping.group(plan, cores).stream()
          .map(slices -> new TaskGroup(slices, List.of()))
          .toList();
    }
    PartLimits limits = store.parts().get();
    long size =
        PartGrouping.size(plan, cores, limits.smallest(), limits.preferred(), limits.most());
    try {
      return new PartGrouping(plan, cores, limits.smallest(), size, limits.most())
          .group().stream()
              .sorted(
                  Comparator.comparingDouble(
                      (PartGrouping.Piece piece) -> -TaskGrouping.cost(plan, piece.slices())))
              .map(piece -> new TaskGroup(piece.slices(), piece.parts()))
              .toList();
    } catch (PlanException e) {
      throw new JobFailedException(e.getMessage(), e);
    }
  }

  /** Runs the tasks; how long they took, in seconds. */
  private double runTasks(
      QuantizePlan plan, WorkOrder order, List<TaskGroup> groups, RunCollector collector)
      throws JobFailedException {
    Broadcast<WorkOrder> broadcast = spark.broadcast(order);
    Broadcast<byte[][]> headers =
        spark.broadcast(plan.outputs().stream().map(OutputFile::header).toArray(byte[][]::new));
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      long start = System.nanoTime();
      new TaskRun<>(
              new EncodeTask(broadcast, headers, hadoop), collector::accept, collector::refusal)
          .run(spark, "Encode " + schemes(plan), groups);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      broadcast.destroy();
      headers.destroy();
      hadoop.destroy();
    }
  }

  private static String schemes(QuantizePlan plan) {
    return plan.outputs().stream().map(OutputFile::scheme).distinct().collect(joining(", "));
  }

  private static long inputBytes(QuantizePlan plan) {
    long bytes = 0;
    for (Slice slice : plan.slices()) {
      bytes += plan.tensors().get(slice.tensor()).type().bytes(slice.elements());
    }
    return bytes;
  }

  /**
   * Reads the header back.
   *
   * @return false if the file cannot be read yet
   */
  private static boolean verify(OutputFile output, Optional<SeekableInput> stored)
      throws IOException, JobFailedException {
    if (stored.isEmpty()) {
      return false;
    }
    try (SeekableInput file = stored.get()) {
      GgufHeader header = GgufReader.read(file);
      List<TensorInfo> expected = output.tensors().stream().map(OutputTensor::info).toList();
      if (!header.tensors().equals(expected)
          || header.dataOffset() != output.dataStart()
          || file.length() != output.length()) {
        throw new JobFailedException(
            "Cannot write " + output.path() + ": the header read back differs from the plan");
      }
      return true;
    }
  }
}
