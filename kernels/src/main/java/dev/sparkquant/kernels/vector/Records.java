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
   * Transposes {@code length} elements a lane into records.
   *
   * @param from where in {@code src} the elements of each lane start
   * @param at the vector in the first record that receives the first elements
   */
  static void transpose(float[] src, int[] from, int length, float[] memory, int at) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      int next = from[lane];
      int end = at + lane + length * SIZE;
      for (int to = at + lane; to < end; to += SIZE) {
        memory[to] = src[next++];
      }
    }
  }

  /** As {@link #transpose} for lanes that have the same elements, from {@code src[from]} on. */
  static void broadcast(float[] src, int from, int length, float[] memory, int at) {
    for (int i = 0; i < length; i++) {
      store(Lanes.broadcast(src[from + i]), memory, at + i * SIZE);
    }
  }
}
