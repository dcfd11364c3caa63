package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.E2m1Values;
import dev.sparkquant.kernels.block.IQ4Values;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes elements that are values out of sixteen, numbered by four bits. */
final class NibbleValues {
  /** The bits of {@link IQ4Values} as floats. */
  static final int[] IQ4 = floatBits(IQ4Values::value);

  /** The bits of {@link E2m1Values} as floats. */
  static final int[] E2M1 = floatBits(E2m1Values::value);

  private static final int BYTES = 16;

  private NibbleValues() {}

  private static int[] floatBits(IntUnaryOperator value) {
    int[] bits = new int[16];
    for (int q = 0; q < bits.length; q++) {
      bits[q] = Float.floatToRawIntBits(value.applyAsInt(q));
    }
    return bits;
  }

  /** Decodes elements whose numbers are in a byte each. */
  static void decode(
      int[] values, byte[] numbers, int at, int length, float scale, float[] dst, int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      scale(values, Bytes.load(numbers, at + i), scale, dst, to + i);
    }
  }

  /** Decodes sixteen bytes: the low nibbles are the first sixteen elements, the high the next. */
  static void decodePairs(int[] values, byte[] src, int at, float scale, float[] dst, int to) {
    for (int i = 0; i < BYTES; i += Lanes.COUNT) {
      IntVector pair = Bytes.load(src, at + i);
      scale(values, pair.and(0xF), scale, dst, to + i);
      IntVector high = pair.lanewise(VectorOperators.LSHR, 4).and(0xF);
      scale(values, high, scale, dst, to + BYTES + i);
    }
  }

  private static void scale(int[] values, IntVector number, float scale, float[] dst, int to) {
    Table16.select(values, number).reinterpretAsFloats().mul(scale).intoArray(dst, to);
  }
}
