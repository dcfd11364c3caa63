package dev.sparkquant.kernels.vector;

/**
 * What is known of one sub-block a lane, of a type with scales and mins: where each vector is,
 * counted from the start of the slot.
 */
final class AffineSlot {
  /** The smallest element, at most zero. */
  static final int LOWEST = 0;

  static final int HIGHEST = Lanes.COUNT;

  /** The sums of weights, and of weighted elements. */
  static final int SUM_W = 2 * Lanes.COUNT;

  static final int SUM_X = 3 * Lanes.COUNT;

  /** The best scale so far. */
  static final int SCALE = 4 * Lanes.COUNT;

  /** What level 0 stands for with the best scale: the negative min, at most zero. */
  static final int OFFSET = 5 * Lanes.COUNT;

  static final int MIN = 6 * Lanes.COUNT;

  static final int BEST_ERROR = 7 * Lanes.COUNT;

  /** The best levels are the rounded {@code BEST_INVERSE * (x - BEST_ORIGIN)}. */
  static final int BEST_INVERSE = 8 * Lanes.COUNT;

  static final int BEST_ORIGIN = 9 * Lanes.COUNT;

  /** The bits of the largest magnitude that was rounded. */
  static final int REACH = 10 * Lanes.COUNT;

  /** The step under trial: how it rounds, what the fit to its levels needs, and what that gives. */
  static final int INVERSE = 11 * Lanes.COUNT;

  static final int SUM_L = 12 * Lanes.COUNT;
  static final int SUM_L2 = 13 * Lanes.COUNT;
  static final int SUM_XL = 14 * Lanes.COUNT;
  static final int TRIAL_SCALE = 15 * Lanes.COUNT;
  static final int TRIAL_OFFSET = 16 * Lanes.COUNT;
  static final int ERROR = 17 * Lanes.COUNT;

  /** The whole numbers that the block stores for scale and min. */
  static final int SCALE_LEVEL = 18 * Lanes.COUNT;

  static final int MIN_LEVEL = 19 * Lanes.COUNT;

  /** Floats of a slot. */
  static final int SIZE = 20 * Lanes.COUNT;

  private AffineSlot() {}
}
