package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.E2m1Values;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds successive elements to the nearest of the {@link E2m1Values}, and leaves a byte each; of
 * two equally near, the smaller in magnitude.
 *
 * <p>The code of a magnitude is the number of midpoints between neighbouring values that it
 * exceeds. Midpoints times a scale are exact, and so are differences of elements to the values next
 * to them: comparing with midpoints gives the same result as comparing such differences does.
 *
 * <p>Source: {@code best_index_mxfp4} in ggml, of which this is another way to the same result.
 */
final class E2m1Levels {
  private static final int MAGNITUDES = 8;
  private static final int MAGNITUDE_BITS = 0x7FFF_FFFF;

  /** Midpoints between the values of successive codes. */
  private static final float[] MIDPOINTS = new float[MAGNITUDES - 1];

  /**
   * Elements up to that many scales are told apart. Differences of larger ones to different values
   * may be rounded to the same float, which then decides.
   */
  private static final float MOST_SCALES = 65536;

  static {
    for (int code = 0; code < MIDPOINTS.length; code++) {
      MIDPOINTS[code] = (E2m1Values.value(code) + E2m1Values.value(code + 1)) / 2f;
    }
  }

  private E2m1Levels() {}

  /** Whether elements of that magnitude can be rounded with that scale. */
  static boolean canRound(float largest, float scale) {
    return largest <= MOST_SCALES * scale || scale == 0;
  }

  /** Rounds elements from {@code x[at]} on to bytes from {@code levels[to]} on. */
  static void round(float[] x, int at, int length, float scale, byte[] levels, int to) {
    // With a scale of zero all values are equally near, as if all but the first were infinite.
    float unit = scale == 0 ? Float.POSITIVE_INFINITY : scale;
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector bits = Lanes.loadBits(x, at + i);
      IntVector magnitude = bits.and(MAGNITUDE_BITS);
      IntVector code =
          exceeds(magnitude, unit, 0)
              .add(exceeds(magnitude, unit, 1))
              .add(exceeds(magnitude, unit, 2))
              .add(exceeds(magnitude, unit, 3))
              .add(exceeds(magnitude, unit, 4))
              .add(exceeds(magnitude, unit, 5))
              .add(exceeds(magnitude, unit, 6));
      // Codes of negative elements are 8 above, but for that of zero.
      IntVector sign = bits.lanewise(VectorOperators.LSHR, 28).and(MAGNITUDES);
      IntVector notZero = code.neg().lanewise(VectorOperators.ASHR, 31);
      Bytes.store(code.or(sign.and(notZero)), levels, to + i);
    }
  }

  /** 1 where the magnitude, in bits, exceeds a midpoint, else 0. */
  private static IntVector exceeds(IntVector magnitude, float scale, int midpoint) {
    int bits = Float.floatToRawIntBits(MIDPOINTS[midpoint] * scale);
    return IntVector.broadcast(Lanes.INTS, bits).sub(magnitude).lanewise(VectorOperators.LSHR, 31);
  }
}
