package dev.sparkquant.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The conversions of {@code HalfFloat}, lane by lane. */
final class HalfFloats {
  private static final int SIGN = 0x8000_0000;
  private static final int HALF_MAGNITUDE = 0x7FFF;
  private static final int HALF_INFINITY = 0x7C00;
  private static final int HALF_QUIET = 0x0200;
  private static final int SMALLEST_NORMAL_HALF = 0x0400;
  private static final int MANTISSA_DIFFERENCE = 13;

  /** Difference of the exponent biases, 127 - 15, in place in a float's bits. */
  private static final int BIAS_DIFFERENCE = 112 << 23;

  /** Takes the largest exponent of halves to that of floats. */
  private static final int INFINITE_DIFFERENCE = 112 << 23;

  private static final int MAGNITUDE = 0x7FFF_FFFF;
  private static final int HALF_SIGN = 0x8000;
  private static final int HALF_NAN = 0x7E00;
  private static final int FLOAT_INFINITY = 0x7F80_0000;

  /** Bits of 65520, halfway from the largest half (65504) to where the next would be. */
  private static final int OVERFLOW = 0x477F_F000;

  /** Bits of 2^-14, the smallest normal half. */
  private static final int SMALLEST_NORMAL = 0x3880_0000;

  /**
   * The bits that a half lacks, just below half of its last bit: rounds to even with an odd bit.
   */
  private static final int ALMOST_HALF_A_HALF = 0xFFF;

  private static final int BITS_OF_HALF = Float.floatToRawIntBits(0.5f);

  private HalfFloats() {}

  /** The halves in the low bits of lanes as floats. */
  static FloatVector toFloat(IntVector halves) {
    IntVector magnitude = halves.and(HALF_MAGNITUDE);
    IntVector sign = halves.lanewise(VectorOperators.LSHL, 16).and(SIGN);
    IntVector normal =
        magnitude.lanewise(VectorOperators.LSHL, MANTISSA_DIFFERENCE).add(BIAS_DIFFERENCE);
    FloatVector subnormal = Bytes.toFloat(magnitude).mul(0x1p-24f);
    VectorMask<Integer> small = magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL_HALF);
    IntVector bits = normal.blend(Lanes.bits(subnormal), small);
    VectorMask<Integer> infinite = magnitude.compare(VectorOperators.GE, HALF_INFINITY);
    bits = bits.blend(bits.add(INFINITE_DIFFERENCE), infinite);
    VectorMask<Integer> notANumber = magnitude.compare(VectorOperators.GT, HALF_INFINITY);
    bits = bits.blend(bits.or(HALF_QUIET << MANTISSA_DIFFERENCE), notANumber);
    return Lanes.floats(bits.or(sign));
  }

  /** The nearest halves in the low bits of lanes. */
  static IntVector fromFloat(FloatVector values) {
    IntVector bits = Lanes.bits(values);
    IntVector magnitude = bits.and(MAGNITUDE);
    IntVector sign = bits.lanewise(VectorOperators.LSHR, 16).and(HALF_SIGN);
    IntVector odd = magnitude.lanewise(VectorOperators.LSHR, MANTISSA_DIFFERENCE).and(1);
    IntVector half =
        magnitude
            .add(odd)
            .add(ALMOST_HALF_A_HALF - BIAS_DIFFERENCE)
            .lanewise(VectorOperators.LSHR, MANTISSA_DIFFERENCE);
    // Floats from 0.5 to 1 are 2^-24 apart, as subnormal halves are: the addition rounds.
    IntVector subnormal = Lanes.bits(Lanes.floats(magnitude).add(0.5f)).sub(BITS_OF_HALF);
    half = half.blend(subnormal, magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL));
    half = half.blend(HALF_INFINITY, magnitude.compare(VectorOperators.GE, OVERFLOW));
    half = half.blend(HALF_NAN, magnitude.compare(VectorOperators.GT, FLOAT_INFINITY));
    return half.or(sign);
  }
}
