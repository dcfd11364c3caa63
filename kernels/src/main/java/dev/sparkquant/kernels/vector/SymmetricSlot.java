package dev.sparkquant.kernels.vector;

/**
 * What is known of one sub-block a lane, of a type with scales only: where each vector is, counted
 * from the start of the slot.
 */
final class SymmetricSlot {
  /** The first element of the largest magnitude. */
  static final int EXTREME = 0;

  static final int SUM_W = Lanes.COUNT;

  /** The best scale. */
  static final int SCALE = 2 * Lanes.COUNT;

  /** The best levels are the rounded {@code BEST_INVERSE * x}. */
  static final int BEST_INVERSE = 3 * Lanes.COUNT;

  /** The whole number that the block stores for the scale, counted from the middle one. */
  static final int SCALE_LEVEL = 4 * Lanes.COUNT;

  /** The scale that the block stands for. */
  static final int STORED_SCALE = 5 * Lanes.COUNT;

  /** Floats of a slot. */
  static final int SIZE = 6 * Lanes.COUNT;

  /** Below that magnitude, elements count as zero. */
  static final float ZERO = 1e-15f;

  private SymmetricSlot() {}
}
