package dev.sparkquant.kernels.linalg;

/**
 * Which implementation of the inner loops this process uses; the results are the same.
 *
 * <p>Picked once, by the system property that also picks the encoders and decoders, {@value
 * #PROPERTY}: {@code auto}, the default, takes the Vector API where its module is present ({@code
 * --add-modules jdk.incubator.vector}), else plain Java; {@code vector} or {@code scalar} force
 * one, and one that cannot load is an error.
 */
public final class Linalg {

  /** The system property that names the choice. */
  public static final String PROPERTY = "sparkquant.kernels";

  private static final String MODULE = "jdk.incubator.vector";

  static final LaneKernels LANES = choose(System.getProperty(PROPERTY, "auto"));

  private Linalg() {}

  /** The implementation in use as reports name it, such as {@code vector-512} or {@code scalar}. */
  public static String implementation() {
    return LANES.name();
  }

  /**
   * The implementation of that choice.
   *
   * @throws IllegalArgumentException if there is no such choice
   * @throws IllegalStateException if vectors are demanded and cannot be had
   */
  static LaneKernels choose(String choice) {
    return switch (choice) {
      case "auto" -> moduleIsPresent() ? vector() : new ScalarLanes();
      case "vector" -> vector();
      case "scalar" -> new ScalarLanes();
      default ->
          throw new IllegalArgumentException(
              "Cannot use " + PROPERTY + "=" + choice + ": it is auto, vector or scalar");
    };
  }

  private static boolean moduleIsPresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Loaded by name, so that nothing else links to a module that may be absent. */
  private static LaneKernels vector() {
    if (!moduleIsPresent()) {
      throw new IllegalStateException(
          "Cannot use the Vector API: start Java with --add-modules=" + MODULE);
    }
    try {
      return (LaneKernels)
          Class.forName("dev.sparkquant.kernels.linalg.VectorLanes")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("Cannot use the Vector API: " + rootCause(e), e);
    }
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }
}
