package dev.sparkquant.cli;

import dev.sparkquant.job.Progress;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows a run's progress: one line that is rewritten on a terminal, a plain line now and then where
 * the output is a file or a pipe.
 */
final class TerminalProgress implements Progress {
  private static final long TERMINAL_INTERVAL_NANOS = 100_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private int tensors;
  private long bytes;
  private long start;
  private long lastShown;
  private boolean lineOpen;

  TerminalProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
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
    this.lastShown = start;
  }

  @Override
  public synchronized void advanced(int tensorsDone, long bytesDone) {
    long now = System.nanoTime();
    boolean last = bytesDone == bytes;
    if (!last && now - lastShown < (terminal ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS)) {
      return;
    }
    lastShown = now;
    double seconds = (now - start) / 1e9;
    double rate = bytesDone / seconds;
    String line =
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
    if (terminal) {
      out.print("\r\u001b[K" + line);
      out.flush();
      lineOpen = true;
    } else {
      out.println(line);
    }
  }

  @Override
  public synchronized void ended() {
    if (lineOpen) {
      out.println();
      lineOpen = false;
    }
  }
}
