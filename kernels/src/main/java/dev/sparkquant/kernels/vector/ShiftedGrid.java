package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.block.IqGrids;

/**
 * Points of {@link IqGrids#IQ1_S} shifted by an eighth up or down, as IQ1_S and IQ1_M have them, in
 * eighths: a coordinate a byte, {@link #ZERO} added to make it positive.
 */
final class ShiftedGrid {
  /** What 0 is. */
  static final int ZERO = 9;

  /** The bits of a coordinate, from 0 to 18. */
  static final int MASK = 0x1F;

  /** What to multiply scales with. */
  static final float EIGHTH = 0.125f;

  private static final long[] SHIFTED_DOWN = GridBytes.points(IqGrids.IQ1_S, 8, ZERO - 1);
  private static final long DOWN_TO_UP = 0x0202_0202_0202_0202L;

  private ShiftedGrid() {}

  static long point(int index, boolean down) {
    long point = SHIFTED_DOWN[index];
    return down ? point : point + DOWN_TO_UP;
  }
}
