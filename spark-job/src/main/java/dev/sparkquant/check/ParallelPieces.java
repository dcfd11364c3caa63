package dev.sparkquant.check;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Goes through numbered pieces of work on several threads. */
final class ParallelPieces {
  private ParallelPieces() {}

  /** What one thread works with; no other thread uses it. */
  interface Worker extends Closeable {
    void work(int piece) throws IOException;
  }

  /**
   * Has every piece worked on once; lower numbers are begun first.
   *
   * @throws IOException the first failure; work on other pieces then ends early
   */
  static void run(int pieces, int threads, Supplier<Worker> workers) throws IOException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, Math.max(pieces, 1)));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(threads, pieces); i++) {
        running.add(
            pool.submit(
                () -> {
                  try (Worker worker = workers.get()) {
                    for (int piece = next.getAndIncrement();
                        piece < pieces;
                        piece = next.getAndIncrement()) {
                      worker.work(piece);
                    }
                    return null;
                  } finally {
                    // Whoever fails leaves nothing for the others to begin.
                    next.accumulateAndGet(pieces, Math::max);
                  }
                }));
      }
      for (Future<?> worker : running) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("Reading failed unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while reading");
    }
  }
}
