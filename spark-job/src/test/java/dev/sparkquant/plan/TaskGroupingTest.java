package dev.sparkquant.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupingTest {

  private static QuantizePlan plan(long... sizes) {
    SourceTensor tensor =
        new SourceTensor("t", "in.gguf", 0, GgmlType.BF16, false, 256, 1L << 30, 1L << 30);
    List<Slice> slices = new ArrayList<>();
    for (long size : sizes) {
      Target target = new Target(GgmlType.Q4_K, List.of(new Destination(0, 0)));
      slices.add(new Slice(slices.size(), 0, 0, size, List.of(target)));
    }
    return new QuantizePlan(List.of(tensor), List.of(), slices);
  }

  @Test
  void everySliceIsInOneTask() {
    QuantizePlan plan = plan(256, 1 << 20, 512, 1 << 22, 256, 1 << 21);

    List<Slice> grouped = TaskGrouping.group(plan, 2).stream().flatMap(List::stream).toList();

    assertThat(grouped).containsExactlyInAnyOrderElementsOf(plan.slices());
  }

  @Test
  void theMostExpensiveComesFirst() {
    List<List<Slice>> tasks = TaskGrouping.group(plan(256, 1 << 20, 512, 1 << 22), 2);

    assertThat(tasks.get(0)).extracting(Slice::elements).containsExactly(1L << 22);
  }

  @Test
  void aTypeIsNotMetLate() {
    List<Slice> slices = new ArrayList<>(plan(1 << 22, 1 << 22, 1 << 22, 1 << 22).slices());
    Target target = new Target(GgmlType.Q6_K, List.of(new Destination(0, 0)));
    slices.add(new Slice(slices.size(), 0, 0, 1 << 21, List.of(target)));
    SourceTensor source = plan(256).tensors().get(0);

    List<List<Slice>> tasks =
        TaskGrouping.group(new QuantizePlan(List.of(source), List.of(), slices), 1);

    assertThat(tasks).hasSizeGreaterThan(2);
    assertThat(tasks.get(1)).extracting(Slice::targets).containsExactly(List.of(target));
  }

  @Test
  void smallSlicesShareATask() {
    long[] sizes = new long[1000];
    java.util.Arrays.fill(sizes, 256);

    assertThat(TaskGrouping.group(plan(sizes), 2)).hasSizeLessThanOrEqualTo(17);
  }
}
