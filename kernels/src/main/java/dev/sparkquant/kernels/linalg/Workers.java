package dev.sparkquant.kernels.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads, the caller's among them, that share the pieces of one job at a time.
 *
 * <p>Pieces go to whichever thread is free, so what a piece computes must not depend on the thread.
 */
public final class Workers implements AutoCloseable {

  /** A job cut into pieces. */
  @FunctionalInterface
  public interface Job {

    /**
     * Does one piece.
     *
     * @param worker the thread that does it, 0 to {@link Workers#threads()} - 1; for its scratch
     * @param piece the piece, 0 to the number of pieces - 1
     */
    void run(int worker, int piece);
  }

  private final int threads;
  private final ExecutorService others;

  /**
   * So many threads; with 1, everything runs in the caller's.
   *
   * @throws IllegalArgumentException if {@code threads} is not positive
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Cannot work with " + threads + " threads");
    }
    this.threads = threads;
    others =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "linalg-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Threads that work, the caller's included. */
  public int threads() {
    return threads;
  }

  /**
   * Does all pieces of a job and returns when they are done. One thread may call this at a time.
   *
   * @throws RuntimeException what a piece threw; pieces not yet begun are then left out
   * @throws CancellationException if the calling thread is interrupted when it asks for a piece; it
   *     stays so
   */
  public void run(int pieces, Job job) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 1; worker < Math.min(threads, pieces); worker++) {
      int self = worker;
      running.add(others.submit(() -> work(self, pieces, next, job)));
    }
    try {
      work(0, pieces, next, job);
    } finally {
      await(running);
    }
  }

  private static void work(int worker, int pieces, AtomicInteger next, Job job) {
    try {
      int piece;
      do {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("Interrupted in a job of " + pieces + " pieces");
        }
        piece = next.getAndIncrement();
        if (piece < pieces) {
          job.run(worker, piece);
        }
      } while (piece < pieces);
    } catch (RuntimeException | Error e) {
      next.set(pieces);
      throw e;
    }
  }

  /** Waits for all threads, interrupted or not: their scratch is free when this returns. */
  private static void await(List<Future<?>> running) {
    boolean interrupted = false;
    Throwable failure = null;
    for (Future<?> future : running) {
      boolean done = false;
      while (!done) {
        try {
          future.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          failure = e.getCause();
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
