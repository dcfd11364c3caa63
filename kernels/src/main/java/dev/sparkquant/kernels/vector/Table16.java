package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.COUNT;
import static dev.sparkquant.kernels.vector.Lanes.INTS;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Looks up tables of sixteen with vectors of as many lanes or fewer. */
final class Table16 {
  private static final int SIZE = 16;

  private Table16() {}

  /** The entry of a table for every lane's index, from 0 to 15. */
  static IntVector select(int[] table, IntVector index) {
    if (COUNT == SIZE) {
      return typed(index).selectFrom(IntVector.fromArray(INTS, table, 0));
    }
    IntVector within = index.and(COUNT - 1);
    IntVector selected = selectFromTwo(table, 0, index, within);
    return COUNT == SIZE / 2
        ? selected
        : selected.blend(
            selectFromTwo(table, SIZE / 2, index, within),
            index.compare(VectorOperators.GE, SIZE / 2));
  }

  /** Looks up the two vectors of a table that start at {@code from}. */
  private static IntVector selectFromTwo(int[] table, int from, IntVector index, IntVector within) {
    IntVector low = typed(within).selectFrom(IntVector.fromArray(INTS, table, from));
    IntVector high = typed(within).selectFrom(IntVector.fromArray(INTS, table, from + COUNT));
    return low.blend(high, index.compare(VectorOperators.GE, from + COUNT));
  }
}
