package dev.sparkquant.kernels.peer;

/**
 * A generator of 64-bit integers that is the same everywhere.
 *
 * <p>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014, with
 * Stafford's mixing variant 13.
 */
final class SplitMix64 {
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
