package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Roundings of floats of small magnitude to integers that come down to cutting off the fraction.
 *
 * <p>They make do without converting floats, which the oldest JDK supported does lane by lane.
 */
final class Truncation {
  private static final int MAGNITUDE = 0x7FFF_FFFF;

  /** The largest float below one half. */
  private static final float ALMOST_HALF = 0x1.FFFFFEp-2f;

  private Truncation() {}

  /** The integer parts of numbers that are not negative. */
  static IntVector truncate(FloatVector values) {
    IntVector nearest = Rounding.round(values);
    // Its sign is set where the nearest integer is the one above.
    IntVector rest = Lanes.bits(typed(values).sub(Rounding.toFloat(nearest)));
    return typed(
        typed(nearest.sub(Rounding.ZERO)).add(typed(rest.lanewise(VectorOperators.ASHR, 31))));
  }

  /**
   * The nearest integers, halves away from zero.
   *
   * <p>What is added is less than a half, lest the sum is rounded up to an integer that the number
   * is less than a half away from; halves are still carried over, by that same rounding.
   */
  static IntVector roundHalvesAway(FloatVector values) {
    IntVector bits = Lanes.bits(values);
    IntVector sign = bits.lanewise(VectorOperators.ASHR, 31);
    FloatVector magnitude = Lanes.floats(bits.and(MAGNITUDE));
    IntVector level = truncate(magnitude.add(ALMOST_HALF));
    return level.lanewise(VectorOperators.XOR, sign).sub(sign);
  }
}
