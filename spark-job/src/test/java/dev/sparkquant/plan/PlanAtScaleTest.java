package dev.sparkquant.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.ModelTensor;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of 1.6 trillion weights for a thousand cores. */
class PlanAtScaleTest {
  private static final int CORES = 1000;
  private static final double MOST_IMBALANCE = 1.05;
  private static final int MOST_TASKS = 200_000;

  private static QuantizePlan plan;
  private static Duration planning;

  @BeforeAll
  static void makePlan() throws Exception {
    long start = System.nanoTime();
    plan = TrillionWeights.plan("Q4_K_M");
    planning = Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void theModelIsOfThatSize() throws Exception {
    List<ModelTensor> tensors = TrillionWeights.model().tensors();

    assertThat(tensors.stream().mapToLong(tensor -> tensor.info().elements()).sum())
        .isBetween(1_600_000_000_000L, 1_700_000_000_000L);
    assertThat(tensors).hasSizeGreaterThan(1000);
  }

  @Test
  void planningTakesSeconds() {
    assertThat(planning).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void tasksKeepAllCoresBusyToTheEnd() {
    List<List<Slice>> tasks = TaskGrouping.group(plan, CORES);

    assertThat(tasks).hasSizeLessThan(MOST_TASKS);
    assertThat(imbalance(tasks)).isLessThan(MOST_IMBALANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2500, 10_000})
  void partsKeepAllCoresBusyToTheEnd(int most) throws PlanException {
    long smallest = 5L << 20;
    long size = PartGrouping.size(plan, CORES, smallest, 64L << 20, most);

    List<PartGrouping.Piece> pieces = new PartGrouping(plan, CORES, smallest, size, most).group();
    List<List<Slice>> tasks = pieces.stream().map(PartGrouping.Piece::slices).toList();

    assertThat(pieces).hasSizeLessThanOrEqualTo(most);
    assertThat(imbalance(tasks)).isLessThan(MOST_IMBALANCE);
  }

  /**
   * How long the cores take over the tasks, the most expensive first, each to the core that is free
   * first; as a multiple of what they would take if the work could be split evenly.
   */
  private static double imbalance(List<List<Slice>> tasks) {
    List<Double> costs =
        tasks.stream()
            .map(slices -> TaskGrouping.cost(plan, slices))
            .sorted(Comparator.reverseOrder())
            .toList();
    PriorityQueue<Double> cores = new PriorityQueue<>(Collections.nCopies(CORES, 0.0));
    double total = 0;
    for (double cost : costs) {
      cores.add(cores.remove() + cost);
      total += cost;
    }
    return Collections.max(cores) / (total / CORES);
  }
}
