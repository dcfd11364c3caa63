package dev.sparkquant.kernels.scalar;

/** Extremes of stretches of numbers. */
final class Extremes {

  private Extremes() {}

  /** The first number of the largest magnitude, with its sign; 0 if none has a magnitude. */
  static float largestMagnitude(float[] x, int at, int length) {
    float extreme = 0;
    float magnitude = 0;
    for (int i = at; i < at + length; i++) {
      float candidate = Math.abs(x[i]);
      if (candidate > magnitude) {
        magnitude = candidate;
        extreme = x[i];
      }
    }
    return extreme;
  }
}
