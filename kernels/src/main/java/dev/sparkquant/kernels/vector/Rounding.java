package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounding to the nearest integer, ties to even, as ggml's {@code nearest_int} does it, lane by
 * lane.
 *
 * <p>Adding {@link #ROUNDER} leaves the integer in the low bits of the float: integers are compared
 * and clamped there, without converting. That holds for magnitudes up to {@link #LIMIT}. Beyond,
 * ggml's result is what the same operations leave in 23 bits, so whoever rounds keeps track of how
 * far the numbers reach ({@link #magnitude}), and leaves the blocks that reach further to the
 * scalar kernel.
 */
final class Rounding {
  /** 1.5 * 2^23: floats of that size are one apart. */
  static final float ROUNDER = 12582912f;

  /** The bits of {@link #ROUNDER}: what the integer 0 is rounded to. */
  static final int ZERO = 0x4B40_0000;

  /** The bits of the largest magnitude for which the rounding is exact. */
  static final int LIMIT = Float.floatToRawIntBits(4194303f);

  /** How near to a whole number a product with an inverse rounds as the quotient does. */
  private static final int NEAR = Float.floatToRawIntBits(0.5f - 0x1p-15f);

  /** All bits of a float but its sign. */
  static final int MAGNITUDE = 0x7FFF_FFFF;

  private static final int INFINITY = 0x7F80_0000;

  private Rounding() {}

  /** The nearest integers, as {@link #ZERO} plus the integer. */
  static IntVector round(FloatVector values) {
    return Lanes.bits(typed(values).add(ROUNDER));
  }

  /** The integers of {@link #round} as floats. */
  static FloatVector toFloat(IntVector rounded) {
    return typed(Lanes.floats(rounded).sub(ROUNDER));
  }

  /**
   * Whether products with inverses may round otherwise than quotients would.
   *
   * <p>Up to magnitudes of 128 the two differ by less than 2^-15, so they round alike but near
   * halves; larger ones are clamped alike.
   *
   * @param changes the bits of the largest magnitudes by which rounding has changed the products
   */
  static boolean mayDifferFromQuotients(IntVector changes) {
    return typed(changes).compare(VectorOperators.GT, NEAR).anyTrue();
  }

  /** The bits of the magnitude: ordered like the magnitudes as integers, NaN above all. */
  static IntVector magnitude(FloatVector values) {
    return typed(Lanes.bits(values).and(MAGNITUDE));
  }

  /** As {@link #magnitude}, but beyond {@link #LIMIT} for numbers below zero. */
  static IntVector unsignedMagnitude(FloatVector values) {
    VectorMask<Integer> below = values.compare(VectorOperators.LT, 0f).cast(Lanes.INTS);
    return magnitude(values).blend(MAGNITUDE, below);
  }

  /** The {@link #magnitude} of what is infinite or no number, 0 for all else. */
  static IntVector infinitePart(FloatVector values) {
    IntVector magnitude = magnitude(values);
    return magnitude.blend(0, magnitude.compare(VectorOperators.LT, INFINITY));
  }
}
