package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.encode.TargetResult;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.TaskGrouping;
import dev.sparkquant.plan.TrillionWeights;
import dev.sparkquant.store.UnpublishedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * What the driver does of a run of 1.6 trillion weights on 1,000 cores, in a process of its own
 * whose heap shows how much it needs: plans, groups, and takes every outcome in. Prints the bytes
 * of the largest task, those of what all tasks share, and the tensors done.
 */
final class DriverAtScale {
  private DriverAtScale() {}

  public static void main(String[] arguments) throws Exception {
    QuantizePlan plan = TrillionWeights.plan("Q4_K_M");
    List<TaskGroup> groups =
        TaskGrouping.group(plan, 1000).stream()
            .map(slices -> new TaskGroup(slices, List.of()))
            .toList();
    SparkConf conf =
        new SparkConf()
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", SparkquantRegistrator.class.getName());
    SerializerInstance kryo = new KryoSerializer(conf).newInstance();
    TaskGroup largest =
        groups.stream().max(Comparator.comparingInt(group -> group.slices().size())).orElseThrow();
    RunCollector collector = new RunCollector(plan, RunManifest.none(), new NoProgress());
    for (TaskGroup group : groups) {
      List<SliceResult> results = group.slices().stream().map(DriverAtScale::result).toList();
      collector.accept(new TaskOutcome(results, List.of(), null, "vector-512"));
    }
    collector.requireComplete();
    List<UnpublishedFile> files = new ArrayList<>();
    plan.outputs()
        .forEach(
            file -> files.add(new UnpublishedFile(file.path(), file.path(), file.length(), "")));
    WorkOrder order = new WorkOrder(plan.tensors(), files, new HashMap<>(), new HashMap<>());
    System.out.printf(
        "%d %d %d%n", size(kryo, largest), size(kryo, order), collector.tensors().size());
  }

  private static SliceResult result(Slice slice) {
    List<TargetResult> targets =
        slice.targets().stream()
            .map(
                target ->
                    new TargetResult(
                        target.type(), target.type().bytes(slice.elements()), 1, 0.5, 0.5, 1))
            .toList();
    return new SliceResult(slice.id(), 1, targets, false);
  }

  private static <T> long size(SerializerInstance kryo, T value) {
    ClassTag<T> type = ClassTag.apply(value.getClass());
    return kryo.serialize(value, type).remaining();
  }

  private static final class NoProgress implements Progress {
    @Override
    public void started(int tensors, long inputBytes) {}

    @Override
    public void advanced(int tensorsDone, long bytesDone) {}

    @Override
    public void ended() {}
  }
}
