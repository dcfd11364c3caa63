package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.KernelProvider;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Looks for NaN and infinity a vector at a time: where all bits of an exponent are set, adding its
 * lowest bit carries into the bit above it, the sign's place, and nowhere else.
 */
final class FiniteNumbers {
  private static final int VECTOR = Lanes.COUNT * Integer.BYTES;

  /** Bytes looked at before it is decided. */
  private static final int STEP = 32 * VECTOR;

  private FiniteNumbers() {}

  /** As {@link KernelProvider#finiteBytes}. */
  static int bytes(byte[] data, int offset, int length, int exponents) {
    int signs = exponents << 1 & ~exponents;
    int done = 0;
    while (done + STEP <= length
        && (carries(data, offset + done, exponents, signs - exponents) & signs) == 0) {
      done += STEP;
    }
    return done;
  }

  private static int carries(byte[] data, int from, int exponents, int lowest) {
    IntVector sums = IntVector.zero(Lanes.INTS);
    for (int at = from; at < from + STEP; at += VECTOR) {
      sums = typed(sums).or(typed(Bytes.loadInts(data, at).and(exponents)).add(lowest));
    }
    return typed(sums).reduceLanes(VectorOperators.OR);
  }
}
