package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

/**
 * The elements of a tile, one block a lane: as many blocks as vectors have lanes, transposed.
 *
 * <p>Every element has a record of three vectors in a row: {@link #X}, {@link #WEIGHT} and {@link
 * #LEVEL}. Searches read and write all three of an element together; side by side they take the
 * fewest cache lines, and one index reaches all.
 */
final class Records {
  /** The elements themselves. */
  static final int X = 0;

  /** Their weights, or importance before weights are made of it. */
  static final int WEIGHT = Lanes.COUNT;

  /** Their levels, while they are searched and when they are settled. */
  static final int LEVEL = 2 * Lanes.COUNT;

  /** In place of levels, while they are searched: the products of weights and elements. */
  static final int WEIGHTED_X = LEVEL;

  /** Floats of a record. */
  static final int SIZE = 3 * Lanes.COUNT;

  private Records() {}

  /**
   * Gives all lanes the same {@code length} elements, from {@code src[from]} on.
   *
   * @param at the vector in the first record that receives the first element
   */
  static void broadcast(float[] src, int from, int length, float[] memory, int at) {
    for (int i = 0; i < length; i++) {
      store(Lanes.broadcast(src[from + i]), memory, at + i * SIZE);
    }
  }
}
