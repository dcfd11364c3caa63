package dev.sparkquant.kernels.vector;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Runs the same work done in several ways on one thread: in rounds in which all have their turn, so
 * that whatever else the machine does hits all alike.
 */
final class Contest {
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOSECONDS = 120_000_000L;
  private static final long COMPILATION_NANOSECONDS = 3_000_000_000L;

  private final long weights;
  private final Map<String, Runnable> entrants = new LinkedHashMap<>();
  private final Map<String, double[]> speeds = new LinkedHashMap<>();

  /**
   * @param weights that one run of an entrant handles
   */
  Contest(long weights) {
    this.weights = weights;
  }

  /** Enters work done in Java, which is to be compiled before it is timed. */
  void enterJava(String name, Runnable work) {
    weightsASecond(work, COMPILATION_NANOSECONDS);
    enter(name, work);
  }

  void enter(String name, Runnable work) {
    entrants.put(name, work);
    speeds.put(name, new double[ROUNDS]);
  }

  boolean has(String name) {
    return entrants.containsKey(name);
  }

  void run() {
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Runnable> entrant : entrants.entrySet()) {
        speeds.get(entrant.getKey())[round] = weightsASecond(entrant.getValue(), ROUND_NANOSECONDS);
      }
    }
  }

  /** Millions of weights a second, the median of the rounds. */
  double speed(String name) {
    return median(speeds.get(name)) / 1e6;
  }

  /** How many times as fast one is as another, the median of the rounds' ratios. */
  double ratio(String name, String other) {
    return median(combine(speeds.get(name), speeds.get(other), (a, b) -> a / b));
  }

  private static double[] combine(double[] a, double[] b, DoubleBinaryOperator operator) {
    double[] combined = new double[ROUNDS];
    Arrays.setAll(combined, i -> operator.applyAsDouble(a[i], b[i]));
    return combined;
  }

  /** Does the work again and again, at least for that long. */
  private double weightsASecond(Runnable work, long nanoseconds) {
    long start = System.nanoTime();
    long done = 0;
    long passed;
    do {
      work.run();
      done += weights;
      passed = System.nanoTime() - start;
    } while (passed < nanoseconds);
    return done * 1e9 / passed;
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
