package dev.sparkquant.store;

import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has files written to their device while tasks still add to them, so that little is left to wait
 * for when they are complete. The operating system alone would start on that half a minute later.
 */
final class EarlyWriteback {
  private static final long PAUSE_MILLISECONDS = 300;

  private final List<Path> files = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "writeback");
  private volatile IOException failure;

  EarlyWriteback() {
    thread.setDaemon(true);
  }

  /** Takes care of one more file. */
  void add(Path file) {
    if (files.isEmpty()) {
      thread.start();
    }
    files.add(file);
  }

  /** Ends, after the file at hand. */
  void stop() {
    end.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tells of what went wrong: the operating system reports it once, so that whoever writes the file
   * to its device again does not learn of it.
   */
  void requireSuccess() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    try {
      while (failure == null && !end.await(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        for (Path file : files) {
          force(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void force(Path file) {
    if (end.getCount() == 0) {
      return;
    }
    try (LocalFileOutput out = LocalFileOutput.open(file)) {
      out.force();
    } catch (IOException e) {
      failure = new IOException("Cannot write " + file + " to its device: " + Reason.of(e), e);
    }
  }
}
