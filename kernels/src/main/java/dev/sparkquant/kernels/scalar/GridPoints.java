package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.block.IqGrid;
import dev.sparkquant.kernels.block.IqGrids;

/** Turns points of the IQ formats' code books into weights. */
final class GridPoints {
  /** What IQ1_S and IQ1_M shift a point's coordinates by, up or down. */
  private static final float SHIFT = 0.125f;

  private GridPoints() {}

  /**
   * Eight sign bits from the low seven bits of {@code sevenBits}: the formats keep an even number
   * of signs set, so that the eighth follows from the others.
   *
   * <p>Source: {@code ksigns_iq2xs} in ggml.
   */
  static int signs(int sevenBits) {
    int first = sevenBits & 127;
    return first | (Integer.bitCount(first) & 1) << 7;
  }

  /**
   * Writes a point's magnitudes times {@code scale}, negated where bit i of {@code signs} is set.
   */
  static void decodeSigned(IqGrid grid, int point, int signs, float scale, float[] dst, int at) {
    for (int i = 0; i < grid.dimensions(); i++) {
      float sign = (signs >> i & 1) == 0 ? 1 : -1;
      dst[at + i] = scale * grid.coordinate(point, i) * sign;
    }
  }

  /** Writes a point of {@link IqGrids#IQ1_S}, shifted up or down, times {@code scale}. */
  static void decodeShifted(int point, boolean down, float scale, float[] dst, int at) {
    float shift = down ? -SHIFT : SHIFT;
    for (int i = 0; i < IqGrids.IQ1_S.dimensions(); i++) {
      dst[at + i] = scale * (IqGrids.IQ1_S.coordinate(point, i) + shift);
    }
  }
}
