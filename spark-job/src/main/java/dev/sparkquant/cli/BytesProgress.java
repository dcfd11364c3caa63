package dev.sparkquant.cli;

import dev.sparkquant.check.ReadProgress;
import dev.sparkquant.report.Numbers;
import java.io.PrintStream;
import java.util.Locale;

/** Shows how much of some files has been read. */
final class BytesProgress implements ReadProgress {
  private final ProgressLine line;
  private long total;
  private long done;
  private long start;

  BytesProgress(PrintStream out, boolean terminal) {
    this.line = new ProgressLine(out, terminal);
  }

  /** Progress on standard error; a terminal if the launcher has found it to be one. */
  static BytesProgress onStandardError() {
    return new BytesProgress(System.err, Boolean.getBoolean("sparkquant.terminal"));
  }

  @Override
  public synchronized void started(long bytes) {
    total = bytes;
    done = 0;
    start = System.nanoTime();
  }

  @Override
  public synchronized void advanced(long bytes) {
    done += bytes;
    double rate = done / ((System.nanoTime() - start) / 1e9);
    line.show(
        String.format(
            Locale.ROOT,
            "%3.0f %%  %s of %s read  %s/s  %s left",
            100.0 * done / total,
            Numbers.bytes(done),
            Numbers.bytes(total),
            Numbers.bytes(rate),
            Numbers.duration((total - done) / rate)),
        false);
  }

  /** Leaves the line as it is. */
  synchronized void end() {
    line.end();
  }
}
