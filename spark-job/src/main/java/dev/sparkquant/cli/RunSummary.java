package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.job.RunResult;
import dev.sparkquant.job.TensorOutcome;
import dev.sparkquant.report.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table at the end of a run: what became which type, how large, and with what error. */
final class RunSummary {
  private RunSummary() {}

  /** What all tensors of one type come to. */
  private static final class Sum {
    private int tensors;
    private long elements;
    private long bytes;
    private double squares;
    private double squaredError;
    private long nanos;

    void add(TensorOutcome outcome) {
      tensors++;
      elements += outcome.source().elements();
      bytes += outcome.tensor().info().bytes();
      squares += outcome.squares();
      squaredError += outcome.squaredError();
      nanos += outcome.encodeNanos();
    }
  }

  static void print(RunResult result) {
    if (Verbosity.current() == Verbosity.QUIET) {
      return;
    }
    Map<GgmlType, Sum> byType = new TreeMap<>();
    Sum total = new Sum();
    for (TensorOutcome outcome : result.tensors()) {
      byType.computeIfAbsent(outcome.tensor().info().type(), type -> new Sum()).add(outcome);
      total.add(outcome);
    }
    TextTable table =
        new TextTable(
            1, "TYPE", "TENSORS", "WEIGHTS", "SIZE", "BITS/W", "REL. ERROR", "M WEIGHTS/S");
    byType.forEach((type, sum) -> table.row(row(type.name(), sum)));
    table.row(row("all", total));
    System.out.print(table);
    printReused(result);
    System.out.printf(
        Locale.ROOT,
        "Encoded in %s (%s weights/s, %s kernels); %s in all.%n",
        Numbers.duration(result.encodeSeconds()),
        Numbers.count(total.elements / result.encodeSeconds()),
        kernels(result.kernels()),
        Numbers.duration(result.seconds()));
  }

  /** What an earlier run had finished, if this one went on from it. */
  static void printReused(RunResult result) {
    if (result.reusedSlices() > 0) {
      System.out.printf(
          Locale.ROOT,
          "Went on from an unfinished run: %d of %d slices were there.%n",
          result.reusedSlices(),
          result.slices());
    }
  }

  private static String[] row(String name, Sum sum) {
    return new String[] {
      name,
      Integer.toString(sum.tensors),
      Numbers.count(sum.elements),
      Numbers.bytes(sum.bytes),
      String.format(Locale.ROOT, "%.3f", sum.bytes * 8.0 / Math.max(sum.elements, 1)),
      sum.squares > 0
          ? String.format(Locale.ROOT, "%.3f %%", 100 * Math.sqrt(sum.squaredError / sum.squares))
          : "copied",
      sum.nanos > 0 ? String.format(Locale.ROOT, "%.1f", sum.elements * 1e3 / sum.nanos) : "-"
    };
  }

  /** The kernel implementations used, in words. */
  static String kernels(List<String> names) {
    return names.isEmpty() ? "no" : String.join(" and ", names);
  }
}
