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

  private HalfFloats() {}

  /** The halves in the low bits of lanes as floats. */
  static FloatVector toFloat(IntVector halves) {
    IntVector magnitude = halves.and(HALF_MAGNITUDE);
    IntVector sign = halves.lanewise(VectorOperators.LSHL, 16).and(SIGN);
    IntVector normal =
        magnitude.lanewise(VectorOperators.LSHL, MANTISSA_DIFFERENCE).add(BIAS_DIFFERENCE);
    FloatVector subnormal = Bytes.toFloat(magnitude).mul(0x1p-24f);
    VectorMask<Integer> small = magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL_HALF);
    IntVector bits = normal.blend(subnormal.reinterpretAsInts(), small);
    VectorMask<Integer> infinite = magnitude.compare(VectorOperators.GE, HALF_INFINITY);
    bits = bits.blend(bits.add(INFINITE_DIFFERENCE), infinite);
    VectorMask<Integer> notANumber = magnitude.compare(VectorOperators.GT, HALF_INFINITY);
    bits = bits.blend(bits.or(HALF_QUIET << MANTISSA_DIFFERENCE), notANumber);
    return bits.or(sign).reinterpretAsFloats();
  }
}
