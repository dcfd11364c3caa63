package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import dev.sparkquant.kernels.block.E2m1Values;
import dev.sparkquant.kernels.block.IQ4Values;
import dev.sparkquant.kernels.block.LittleEndian;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;

/** Decodes elements that are values out of sixteen, numbered by four bits. */
final class NibbleValues {
  /** The bits of {@link IQ4Values} as floats. */
  static final int[] IQ4 = floatBits(IQ4Values::value);

  /** The bits of {@link E2m1Values} as floats. */
  static final int[] E2M1 = floatBits(E2m1Values::value);

  private static final long LOW_NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;

  private NibbleValues() {}

  private static int[] floatBits(IntUnaryOperator value) {
    int[] bits = new int[16];
    for (int q = 0; q < bits.length; q++) {
      bits[q] = Float.floatToRawIntBits(value.applyAsInt(q));
    }
    return bits;
  }

  /**
   * Puts the numbers in the nibbles of successive bytes into bytes of their own: first all low
   * nibbles, then all high ones.
   *
   * @param length how many bytes, a multiple of 8
   */
  static void unpack(byte[] src, int at, int length, byte[] numbers, int to) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long pairs = LittleEndian.getLong(src, at + i);
      LittleEndian.putLong(numbers, to + i, pairs & LOW_NIBBLES);
      LittleEndian.putLong(numbers, to + length + i, pairs >>> 4 & LOW_NIBBLES);
    }
  }

  /** Writes {@code scale} times the values of successive numbers. */
  static void scale(
      int[] values, byte[] numbers, int at, int length, float scale, float[] dst, int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector value = Lanes.floats(Table16.select(values, Bytes.load(numbers, at + i)));
      store(value.mul(scale), dst, to + i);
    }
  }
}
