package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Extremes of successive elements, none of them NaN, found by comparing the bits of floats as
 * integers.
 */
final class Ranges {
  private static final int MAGNITUDE = 0x7FFF_FFFF;
  private static final int SIGN = 0x8000_0000;

  /** What -0 is {@link #ordered} as: above all numbers below zero. */
  static final int NEGATIVE_ZERO = -1;

  private Ranges() {}

  /** The largest magnitude. */
  static float largestMagnitude(float[] x, int at, int length) {
    IntVector largest = loadBits(x, at).and(MAGNITUDE);
    for (int i = Lanes.COUNT; i < length; i += Lanes.COUNT) {
      largest = typed(largest).max(typed(loadBits(x, at + i).and(MAGNITUDE)));
    }
    return Float.intBitsToFloat(typed(largest).reduceLanes(VectorOperators.MAX));
  }

  /** The first element of the largest magnitude, with its sign; 0 if none has a magnitude. */
  static float extreme(float[] x, int at, int length) {
    IntVector above = loadBits(x, at);
    IntVector below = above.lanewise(VectorOperators.XOR, SIGN);
    for (int i = Lanes.COUNT; i < length; i += Lanes.COUNT) {
      IntVector bits = loadBits(x, at + i);
      above = typed(above).max(bits);
      below = typed(below).max(typed(bits.lanewise(VectorOperators.XOR, SIGN)));
    }
    // Bits with the sign set are below zero: such are the results where no element has that sign.
    int highest = typed(above).reduceLanes(VectorOperators.MAX);
    int lowest = typed(below).reduceLanes(VectorOperators.MAX);
    if (highest == lowest) {
      return firstOfMagnitude(x, at, length, Float.intBitsToFloat(highest));
    }
    int largest = Math.max(highest, lowest);
    int sign = lowest > highest ? SIGN : 0;
    return largest == 0 ? 0 : Float.intBitsToFloat(largest | sign);
  }

  private static float firstOfMagnitude(float[] x, int at, int length, float magnitude) {
    for (int i = at; i < at + length; i++) {
      if (Math.abs(x[i]) == magnitude) {
        return magnitude == 0 ? 0 : x[i];
      }
    }
    return 0;
  }

  /** The lowest and the highest element for {@link #lowest} and {@link #highest} to take. */
  static long range(float[] x, int at, int length) {
    IntVector lowest = ordered(loadBits(x, at));
    IntVector highest = lowest;
    for (int i = Lanes.COUNT; i < length; i += Lanes.COUNT) {
      IntVector next = typed(ordered(loadBits(x, at + i)));
      lowest = typed(lowest).min(next);
      highest = typed(highest).max(next);
    }
    return (long) typed(highest).reduceLanes(VectorOperators.MAX) << Integer.SIZE
        | typed(lowest).reduceLanes(VectorOperators.MIN) & 0xFFFF_FFFFL;
  }

  /** The lowest element of a {@link #range}; -0 counts as lower than 0. */
  static float lowest(long range) {
    return fromOrdered((int) range);
  }

  /** The first element that is zero, with its sign; one must be. */
  static float firstZero(float[] x, int at, int length) {
    int i = at;
    while (i < at + length - 1 && x[i] != 0) {
      i++;
    }
    return x[i];
  }

  /** The highest element of a {@link #range}; -0 counts as lower than 0. */
  static float highest(long range) {
    return fromOrdered((int) (range >> Integer.SIZE));
  }

  /** Turns the order of negative numbers around, so that all are ordered like their bits. */
  static IntVector ordered(IntVector bits) {
    return bits.lanewise(
        VectorOperators.XOR, bits.lanewise(VectorOperators.ASHR, 31).and(MAGNITUDE));
  }

  private static float fromOrdered(int ordered) {
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & MAGNITUDE));
  }
}
