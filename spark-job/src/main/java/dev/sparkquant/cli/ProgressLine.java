package dev.sparkquant.cli;

import java.io.PrintStream;

/**
 * A line that is rewritten on a terminal, a plain line now and then where the output is a file or a
 * pipe.
 */
final class ProgressLine {
  private static final long TERMINAL_INTERVAL_NANOS = 100_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private long lastShown = System.nanoTime();
  private boolean open;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether the line would be shown now; the last one always is, unless nothing is to be. */
  private boolean due(boolean last) {
    long interval = terminal ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS;
    return Verbosity.current() != Verbosity.QUIET
        && (last || System.nanoTime() - lastShown >= interval);
  }

  void show(String text, boolean last) {
    if (!due(last)) {
      return;
    }
    lastShown = System.nanoTime();
    if (terminal) {
      out.print("\r\u001b[K" + text);
      out.flush();
      open = true;
    } else {
      out.println(text);
    }
  }

  /** Leaves the line as it is. */
  void end() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
