package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Decodes runs of elements that share a scale, with their levels in successive bytes. */
final class Runs {

  private Runs() {}

  /** {@code scale * level}, a signed byte an element. */
  static void bytes(byte[] src, int at, int length, float scale, float[] dst, int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      store(Bytes.toFloat(Bytes.load(src, at + i)).mul(scale), dst, to + i);
    }
  }

  /** {@code scale * (level - zero)}, with levels of {@code mask}'s bits, shifted to the left. */
  static void fields(
      byte[] src,
      int at,
      int length,
      int shift,
      int mask,
      int zero,
      float scale,
      float[] dst,
      int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector level = field(src, at + i, shift, mask).sub(zero);
      store(Bytes.toFloat(level).mul(scale), dst, to + i);
    }
  }

  /** {@code scale * level + offset}, with levels of {@code mask}'s bits, shifted to the left. */
  static void fieldsAbove(
      byte[] src,
      int at,
      int length,
      int shift,
      int mask,
      float scale,
      float offset,
      float[] dst,
      int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector level = field(src, at + i, shift, mask);
      store(Bytes.toFloat(level).mul(scale).add(offset), dst, to + i);
    }
  }

  /** Bits of each byte from {@code src[at]} on. */
  static IntVector field(byte[] src, int at, int shift, int mask) {
    return Bytes.load(src, at).lanewise(VectorOperators.LSHR, shift).and(mask);
  }

  static void scale(IntVector level, float scale, float[] dst, int to) {
    store(Bytes.toFloat(level).mul(scale), dst, to);
  }

  static void scaleAndAdd(IntVector level, float scale, float offset, float[] dst, int to) {
    store(Bytes.toFloat(level).mul(scale).add(offset), dst, to);
  }
}
