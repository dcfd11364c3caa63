package dev.sparkquant.cli;

import dev.sparkquant.job.Progress;
import dev.sparkquant.report.Numbers;
import java.io.PrintStream;
import java.util.Locale;

/** Shows a run's progress: bytes and tensors done, speed, and the time left. */
final class TerminalProgress implements Progress {
  private final ProgressLine line;
  private int tensors;
  private long bytes;
  private long start;

  TerminalProgress(PrintStream out, boolean terminal) {
    this.line = new ProgressLine(out, terminal);
  }

  /** Progress on standard error; a terminal if the launcher has found it to be one. */
  static TerminalProgress onStandardError() {
    return new TerminalProgress(System.err, Boolean.getBoolean("sparkquant.terminal"));
  }

  @Override
  public synchronized void started(int tensors, long inputBytes) {
    this.tensors = tensors;
    this.bytes = inputBytes;
    this.start = System.nanoTime();
  }

  @Override
  public synchronized void advanced(int tensorsDone, long bytesDone) {
    double rate = bytesDone / ((System.nanoTime() - start) / 1e9);
    String text =
        String.format(
            Locale.ROOT,
            "%3.0f %%  %s of %s  tensors %d/%d  %s/s  %s left",
            bytes == 0 ? 100 : 100.0 * bytesDone / bytes,
            Numbers.bytes(bytesDone),
            Numbers.bytes(bytes),
            tensorsDone,
            tensors,
            Numbers.bytes(rate),
            Numbers.duration((bytes - bytesDone) / rate));
    line.show(text, bytesDone == bytes);
  }

  @Override
  public synchronized void ended() {
    line.end();
  }
}
