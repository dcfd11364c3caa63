package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out where in an array vectors are stored fastest.
 *
 * <p>Java aligns arrays to 8 bytes and does not tell their addresses, yet vectors that lie across
 * two cache lines slow a search down by a sixth to a quarter: those not aligned to 64 bytes on some
 * processors, to 32 on others. So stores to the places that may be aligned are timed. The answer
 * holds until the garbage collector moves the array, and a wrong one costs nothing but that time.
 */
final class Alignment {
  /** Floats of an array that must be spared for the answer: a cache line. */
  static final int SLACK = 16;

  /** Objects start at multiples of 8 bytes. */
  private static final int STEP = 2;

  /** Small enough for the fastest cache, large enough for the clock. */
  private static final int STORES = 64;

  private static final int PASSES = 6;
  private static final int ROUNDS = 3;

  /** Answers that nobody waits for: encoders that start are slow until they are compiled. */
  private static final int GUESSES = 4;

  private static final AtomicInteger ASKED = new AtomicInteger();

  private Alignment() {}

  /**
   * The index, below {@link #SLACK}, from which vectors are stored fastest; the first answers are
   * guesses. Zeroes what it times.
   */
  static int fastest(float[] array) {
    if (ASKED.incrementAndGet() <= GUESSES) {
      return 0;
    }
    Compiled.stores();
    long best = Long.MAX_VALUE;
    int fastest = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int at = 0; at < SLACK; at += STEP) {
        long start = System.nanoTime();
        store(array, at);
        long nanoseconds = System.nanoTime() - start;
        if (nanoseconds < best) {
          best = nanoseconds;
          fastest = at;
        }
      }
    }
    return fastest;
  }

  private static void store(float[] array, int from) {
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < STORES; i++) {
        Lanes.zero().intoArray(array, from + i * Lanes.COUNT);
      }
    }
  }

  /** Has the stores compiled when first asked for; before, all places seem alike. */
  private static final class Compiled {
    private static final int CALLS = 3000;

    static {
      float[] spare = new float[STORES * Lanes.COUNT + SLACK];
      for (int call = 0; call < CALLS; call++) {
        store(spare, call % SLACK);
      }
    }

    private Compiled() {}

    static void stores() {
      // All is done once this class is loaded.
    }
  }
}
