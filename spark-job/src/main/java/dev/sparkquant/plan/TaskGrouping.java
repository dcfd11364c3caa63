package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers slices into tasks: the most expensive first, small ones together, and smaller tasks
 * towards the end, so that neither a straggler nor the cost of starting tasks counts.
 */
public final class TaskGrouping {
  /** Tasks for each core, if all were as large as the first ones. */
  private static final int TASKS_PER_CORE = 8;

  /** The same for the smallest that tasks become towards the end. */
  private static final int SMALLEST_PER_CORE = 128;

  /** Of a task with several slices: what a killed run loses of each task that was under way. */
  private static final long MOST_ELEMENTS = 16 * SliceCutter.MAX_ELEMENTS;

  private TaskGrouping() {}

  /**
   * The slices of each task.
   *
   * @param cores that will work at the same time
   */
  public static List<List<Slice>> group(QuantizePlan plan, int cores) {
    List<Slice> slices = new ArrayList<>(plan.slices());
    slices.sort(Comparator.comparingDouble((Slice s) -> -cost(plan, s)).thenComparing(Slice::id));
    double total = cost(plan, slices);
    double largest = total / ((double) cores * TASKS_PER_CORE);
    // Not below what a slice may cost: starting a task has its price.
    double smallest =
        Math.min(
            largest,
            Math.max(
                total / ((double) cores * SMALLEST_PER_CORE),
                SliceCutter.MAX_ELEMENTS * encodingCost(GgmlType.Q4_K)));
    double left = total;

    List<List<Slice>> tasks = new ArrayList<>();
    List<Slice> task = new ArrayList<>();
    double filled = 0;
    long elements = 0;
    for (Slice slice : slices) {
      double cost = cost(plan, slice);
      // Half of a core's share of what is left: so the last tasks to end differ by little.
      double budget = Math.max(smallest, Math.min(largest, left / (2.0 * cores)));
      if (!task.isEmpty()
          && (filled + cost > budget || elements + slice.elements() > MOST_ELEMENTS)) {
        tasks.add(task);
        task = new ArrayList<>();
        left -= filled;
        filled = 0;
        elements = 0;
      }
      task.add(slice);
      filled += cost;
      elements += slice.elements();
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return newTypesFirst(tasks);
  }

  /**
   * Puts the tasks first that are the first with some type: kernels are slow until they are
   * compiled, and that better happens to all of them at once.
   */
  private static List<List<Slice>> newTypesFirst(List<List<Slice>> tasks) {
    Set<GgmlType> types = EnumSet.noneOf(GgmlType.class);
    List<List<Slice>> ordered = new ArrayList<>();
    List<List<Slice>> others = new ArrayList<>();
    for (List<Slice> task : tasks) {
      boolean isNew = false;
      for (Slice slice : task) {
        for (Target target : slice.targets()) {
          isNew |= types.add(target.type());
        }
      }
      (isNew ? ordered : others).add(task);
    }
    ordered.addAll(others);
    return ordered;
  }

  /** Rough time that slices take: only proportions matter. */
  public static double cost(QuantizePlan plan, List<Slice> slices) {
    return slices.stream().mapToDouble(slice -> cost(plan, slice)).sum();
  }

  /** Rough time that a slice takes: only proportions matter. */
  static double cost(QuantizePlan plan, Slice slice) {
    SourceTensor tensor = plan.tensors().get(slice.tensor());
    double perElement = 0;
    for (Target target : slice.targets()) {
      perElement += target.type() == tensor.type() ? 1 : encodingCost(target.type());
    }
    return slice.elements() * perElement;
  }

  /** Rough time to encode an element, a copied one being 1: only proportions matter. */
  private static double encodingCost(GgmlType type) {
    return switch (type) {
      case Q2_K, Q4_K, Q5_K -> 20;
      case IQ4_NL, IQ4_XS -> 30;
      case Q3_K, Q6_K -> 12;
      default -> 3;
    };
  }
}
