package dev.sparkquant.kernels.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The fifth bits of Q5_0 and Q5_1: bit i of a word is that of element i. */
final class FifthBits {
  private FifthBits() {}

  /** Adds the fifth bits of elements from {@code first} on to their low four bits. */
  static IntVector add(IntVector low, int word, int first) {
    IntVector bits = Bytes.spreadBits(word, first).lanewise(VectorOperators.LSHL, 4);
    return low.or(bits.and(1 << 4));
  }
}
