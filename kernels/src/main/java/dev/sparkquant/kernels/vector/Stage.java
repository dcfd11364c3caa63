package dev.sparkquant.kernels.vector;

/**
 * A loop over vectors that is compiled by itself.
 *
 * <p>Vectors are free of cost only while the compiler sees what becomes of them. It inlines every
 * operation on them, up to a limit; past that, silently, each operation allocates its result and
 * runs a hundred times slower. So a stage is short, keeps what it found in the encoder's memory,
 * and is called through {@link #run} alone: from there so many stages are called that the compiler
 * cannot guess which, and joins none of them with its caller. The launcher's options also keep it
 * from joining what a stage calls with that stage, and from compiling the two by themselves.
 */
@FunctionalInterface
interface Stage {

  /** Works on the vectors at those places of the memory. */
  void apply(float[] memory, int a, int b, int c, int d);

  /** Runs a stage, without being inlined. */
  static void run(Stage stage, float[] memory, int a, int b, int c, int d) {
    stage.apply(memory, a, b, c, d);
  }

  /** As {@link #run(Stage, float[], int, int, int, int)} for stages that use two places only. */
  static void run(Stage stage, float[] memory, int a, int b) {
    run(stage, memory, a, b, 0, 0);
  }
}
