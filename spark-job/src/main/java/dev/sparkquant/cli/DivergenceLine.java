package dev.sparkquant.cli;

import dev.sparkquant.job.DivergenceProgress;
import dev.sparkquant.report.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Shows an evaluation's progress: chunks done, speed, and the mean divergence of each model. */
final class DivergenceLine implements DivergenceProgress {
  private final List<String> names;
  private final ProgressLine line;
  private int chunks;
  private int chunksBefore;
  private long start;

  /**
   * @param names what to call the models
   */
  DivergenceLine(List<String> names, PrintStream out, boolean terminal) {
    this.names = names;
    this.line = new ProgressLine(out, terminal);
  }

  @Override
  public synchronized void started(int all, int done) {
    chunks = all;
    chunksBefore = done;
    start = System.nanoTime();
  }

  @Override
  public synchronized void advanced(int done, long tokens, List<Double> meanDivergences) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = seconds * (chunks - done) / Math.max(1, done - chunksBefore);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "chunks %d/%d  %s tokens/s  %s left  KLD",
                done,
                chunks,
                Numbers.count(tokens / seconds),
                Numbers.duration(left)));
    for (int i = 0; i < names.size(); i++) {
      text.append(String.format(Locale.ROOT, "  %s %.6f", names.get(i), meanDivergences.get(i)));
    }
    line.show(text.toString(), done == chunks);
  }

  @Override
  public synchronized void ended() {
    line.end();
  }
}
