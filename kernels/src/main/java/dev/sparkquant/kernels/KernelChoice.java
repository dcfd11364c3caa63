package dev.sparkquant.kernels;

import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.lang.System.Logger;

/**
 * Picks the implementation of the kernels.
 *
 * <p>The vector kernels are loaded by name, so that nothing else links the classes of the
 * incubating module {@value #MODULE}, which a JVM has only if asked for it.
 */
final class KernelChoice {
  /** The system property that names the choice: {@code auto}, {@code scalar} or {@code vector}. */
  static final String PROPERTY = "sparkquant.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String REMEDY = "start Java with --add-modules=" + MODULE;
  private static final String VECTOR_KERNELS = "dev.sparkquant.kernels.vector.VectorKernels";

  private KernelChoice() {}

  /**
   * The kernels of that choice; {@code auto} takes vectors where they are to be had.
   *
   * @throws IllegalArgumentException if there is no such choice
   * @throws IllegalStateException if vectors are demanded and not to be had
   */
  static KernelProvider choose(String choice) {
    return switch (choice) {
      case "auto" -> auto();
      case "scalar" -> new ScalarKernels();
      case "vector" -> vector();
      default ->
          throw new IllegalArgumentException(
              "Cannot use kernels \"" + choice + "\": " + PROPERTY + " is auto, scalar or vector");
    };
  }

  private static KernelProvider auto() {
    if (vectorsAvailable()) {
      return loadVectorKernels();
    }
    System.getLogger(Kernels.class.getName())
        .log(
            Logger.Level.WARNING,
            "Encoding with scalar kernels, about ten times slower than with vectors; to have those,"
                + " "
                + REMEDY);
    return new ScalarKernels();
  }

  private static KernelProvider vector() {
    if (vectorsAvailable()) {
      return loadVectorKernels();
    }
    throw new IllegalStateException(
        "Cannot use vector kernels: the module "
            + MODULE
            + " is not loaded; "
            + REMEDY
            + ", or set "
            + PROPERTY
            + " to auto");
  }

  private static boolean vectorsAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static KernelProvider loadVectorKernels() {
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(KernelProvider.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IllegalStateException("Cannot load vector kernels: " + cause.getMessage(), e);
    }
  }
}
