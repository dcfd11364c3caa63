package dev.sparkquant.kernels.linalg;

import java.util.Locale;

/**
 * Which implementation of the inner loops this process uses; the results are the same.
 *
 * <p>Picked once: the Vector API where its module is present ({@code --add-modules
 * jdk.incubator.vector}), else plain Java. The system property {@value #PROPERTY} forces {@code
 * vector} or {@code scalar}; a forced one that cannot load is an error.
 */
public final class Linalg {

  /** The system property that forces an implementation. */
  public static final String PROPERTY = "sparkquant.linalg";

  static final LaneKernels LANES = choose(System.getProperty(PROPERTY, "auto"));

  private Linalg() {}

  /** The implementation in use as reports name it, such as {@code vector-512} or {@code scalar}. */
  public static String implementation() {
    return LANES.name();
  }

  static LaneKernels choose(String wanted) {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "scalar" -> new ScalarLanes();
      case "vector" -> vector();
      case "auto" -> {
        try {
          yield vector();
        } catch (IllegalStateException e) {
          yield new ScalarLanes();
        }
      }
      default ->
          throw new IllegalArgumentException(
              "Cannot use " + PROPERTY + "=" + wanted + ": it is vector, scalar or auto");
    };
  }

  /** Loaded by name, so that nothing else links to a module that may be absent. */
  private static LaneKernels vector() {
    try {
      return (LaneKernels)
          Class.forName("dev.sparkquant.kernels.linalg.VectorLanes")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "Cannot use the Vector API: start Java with --add-modules jdk.incubator.vector", e);
    }
  }
}
