package dev.sparkquant.cli;

import dev.sparkquant.eval.divergence.DivergenceStatistics;
import dev.sparkquant.job.RunResult;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end of a sweep: how large each output is and, if measured, what it costs. */
final class SweepSummary {
  private final Preparation prepared;
  private final RunResult result;

  SweepSummary(Preparation prepared, RunResult result) {
    this.prepared = prepared;
    this.result = result;
  }

  /** Prints sizes only. */
  void print() {
    TextTable table = new TextTable(1, "SCHEME", "SIZE", "BITS/W");
    for (SchemeOutput scheme : prepared.schemes()) {
      table.row(sizes(scheme).toArray(new String[0]));
    }
    print(table);
  }

  /**
   * Prints sizes and costs.
   *
   * @param statistics of each scheme
   */
  void print(List<DivergenceStatistics> statistics) {
    TextTable table =
        new TextTable(1, "SCHEME", "SIZE", "BITS/W", "MEAN KLD", "99% KLD", "PPL", "SAME TOP");
    for (int i = 0; i < statistics.size(); i++) {
      DivergenceStatistics costs = statistics.get(i);
      List<String> row = sizes(prepared.schemes().get(i));
      row.add(format("%.6f", costs.sums().meanDivergence().value()));
      row.add(format("%.6f", costs.divergence().quantile(0.99)));
      row.add(format("%.4f", costs.sums().perplexity().value()));
      row.add(format("%.3f %%", 100 * costs.sums().sameTopShare().value()));
      table.row(row.toArray(new String[0]));
    }
    print(table);
  }

  private List<String> sizes(SchemeOutput scheme) {
    List<OutputFile> files = prepared.outputsOf(scheme);
    List<String> row = new ArrayList<>();
    row.add(PrintableText.of(scheme.name(), 60));
    row.add(Numbers.bytes(files.stream().mapToLong(OutputFile::length).sum()));
    row.add(format("%.3f", QuantizeRun.bitsPerWeight(files)));
    return row;
  }

  private void print(TextTable table) {
    System.out.print(table);
    RunSummary.printReused(result);
    long alone = prepared.weightsOneByOne();
    System.out.printf(
        Locale.ROOT,
        "Encoded %s weights; scheme by scheme it would have been %s (%.0f %%).%n",
        Numbers.count(result.encodedWeights()),
        Numbers.count(alone),
        100.0 * result.encodedWeights() / Math.max(alone, 1));
    System.out.printf(
        Locale.ROOT,
        "Encoded in %s (%s kernels); %s in all.%n",
        Numbers.duration(result.encodeSeconds()),
        RunSummary.kernels(result.kernels()),
        Numbers.duration(result.seconds()));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
