package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.COUNT;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.block.IQ4Values;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Finds the nearest of the sixteen {@link IQ4Values} for every lane; of two equally near, the
 * higher. Numbers that are NaN get any.
 *
 * <p>The boundaries between nearest values are the midpoints between neighbours, which floats hold
 * exactly. A grid of sixteen equal cells has at most one of them in each cell, so a number's cell
 * tells the one boundary to compare it with, and the values on both sides. The cells' own edges
 * need not be exact: the nearest boundary is 0.8 away from them.
 *
 * <p>Source: {@code best_index_int8} in ggml, of which this is another way to the same result.
 */
final class IQ4Lookup {
  /**
   * Whether looking up takes so many operations that it is best done in a loop of its own, lest the
   * compiler gives up on the loop.
   */
  static final boolean APART = COUNT < 8;

  private static final int CELLS = 16;

  private static final float CELL_WIDTH = 14.295f;
  private static final float CELLS_A_UNIT = 1 / CELL_WIDTH;

  /** Cells from where the grid starts up to 0. */
  private static final float ZERO_CELL = 8.875f;

  /** Floats of that size are 1/64 apart: added to a small number, it leaves 64ths as last bits. */
  private static final float CELL_ROUNDER = 196608f;

  private static final int FRACTION_BITS = 6;

  private static final int FIRST_CELL = Float.floatToRawIntBits(CELL_ROUNDER);
  private static final int LAST_CELL = FIRST_CELL + (CELLS << FRACTION_BITS) - 1;

  /**
   * For each cell two bytes, of which numbers below the boundary get the upper and others the
   * lower, and below them the upper half of the boundary's bits, whose lower half is zero.
   */
  private static final int[] VALUES = new int[CELLS];

  private static final int[] NUMBERS = new int[CELLS];

  private static final int BOUNDARY_TO_TOP = 16;
  private static final int ABOVE_TO_TOP = 8;
  private static final int FROM_TOP = 24;

  static {
    for (int cell = 0; cell < CELLS; cell++) {
      // The boundary between the first two values is in cell 0; cell 1 has none.
      int above = Math.max(1, cell);
      int valueBelow = IQ4Values.value(above - 1);
      int valueAbove = IQ4Values.value(above);
      float boundary = cell == 1 ? Float.NEGATIVE_INFINITY : (valueBelow + valueAbove) / 2f;
      VALUES[cell] = pack(boundary, valueBelow, valueAbove);
      NUMBERS[cell] = pack(boundary, above - 1, above);
    }
  }

  private IQ4Lookup() {}

  private static int pack(float boundary, int below, int above) {
    int boundaryBits = Float.floatToRawIntBits(boundary);
    return below << FROM_TOP
        | (above & 0xFF) << FROM_TOP - ABOVE_TO_TOP
        | boundaryBits >>> BOUNDARY_TO_TOP;
  }

  /** What {@link #value} needs to know of a number's cell. */
  static IntVector find(FloatVector scaled) {
    return Table16.select(VALUES, cell(scaled));
  }

  /** What {@link #number} needs to know of a number's cell. */
  static IntVector findNumber(FloatVector scaled) {
    return Table16.select(NUMBERS, cell(scaled));
  }

  /** The nearest values. */
  static FloatVector value(FloatVector scaled, IntVector found) {
    return Bytes.toFloat(choose(scaled, found));
  }

  /** What the nearest values are numbered, from 0 to 15. */
  static IntVector number(FloatVector scaled, IntVector found) {
    return choose(scaled, found);
  }

  /** Takes the byte for a number's side of the boundary. */
  private static IntVector choose(FloatVector scaled, IntVector found) {
    // Integers are blended as the bits of floats, for which the mask is.
    FloatVector below = Lanes.floats(found);
    FloatVector above = Lanes.floats(typed(found).lanewise(VectorOperators.LSHL, ABOVE_TO_TOP));
    FloatVector boundary =
        Lanes.floats(typed(found).lanewise(VectorOperators.LSHL, BOUNDARY_TO_TOP));
    return Lanes.bits(above.blend(below, scaled.compare(VectorOperators.LT, boundary)))
        .lanewise(VectorOperators.ASHR, FROM_TOP);
  }

  private static IntVector cell(FloatVector scaled) {
    // Clamped as bits, which for positive floats are in the order of the floats.
    return Lanes.bits(scaled.mul(CELLS_A_UNIT).add(CELL_ROUNDER + ZERO_CELL))
        .max(FIRST_CELL)
        .min(LAST_CELL)
        .lanewise(VectorOperators.LSHR, FRACTION_BITS)
        .and(CELLS - 1);
  }
}
