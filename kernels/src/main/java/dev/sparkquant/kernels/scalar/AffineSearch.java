package dev.sparkquant.kernels.scalar;

import java.util.Arrays;

/**
 * Searches the scale and the min that represent a sub-block best as {@code x = scale * level - min}
 * with whole levels from 0 to a maximum.
 *
 * <p>The first candidate spans the range of the elements. Every step then rounds the elements to
 * levels with another scale, counted from the best min so far, and fits scale and min to those
 * levels by weighted least squares. The candidate with the smallest weighted error wins.
 *
 * <p>Holds scratch memory for one thread. Source: {@code make_qkx2_quants} and {@code
 * make_qkx3_quants} in ggml, which with weights do the same.
 */
final class AffineSearch {

  /**
   * How a search goes about it.
   *
   * @param firstExtra levels beyond the largest that the first step spreads the elements over
   * @param extraStep what every further step adds to that
   * @param count number of steps
   * @param absoluteError whether differences count absolute instead of squared
   */
  record Steps(float firstExtra, float extraStep, int count, boolean absoluteError) {

    /** The steps of every search with importance. */
    static final Steps WEIGHTED = new Steps(-0.9f, 0.05f, 37, false);
  }

  private final int maxLevel;
  private final Steps steps;

  /** The levels of the step under trial. */
  private final float[] trial;

  private float highest;
  private float sumW;
  private float sumX;

  /** The best candidate so far; its offset, what level 0 stands for, is never above zero. */
  private float scale;

  private float offset;
  private float bestError;

  private float sumL;
  private float sumL2;
  private float sumXL;

  /** A search over sub-blocks of {@code length} elements for levels up to {@code maxLevel}. */
  AffineSearch(int length, int maxLevel, Steps steps) {
    this.maxLevel = maxLevel;
    this.steps = steps;
    this.trial = new float[length];
  }

  /**
   * Searches for the elements from {@code x[at]} on.
   *
   * @param weights the weight of each element, from index 0 on
   * @param levels receives the level of each element from {@code levelsAt} on
   * @return the scale; {@link #min()} goes with it
   */
  float search(float[] x, int at, float[] weights, int[] levels, int levelsAt) {
    measure(x, at, weights);
    if (highest == offset) {
      Arrays.fill(levels, levelsAt, levelsAt + trial.length, 0);
      return 0;
    }
    float inverseScale = maxLevel / (highest - offset);
    roundAndSum(x, at, weights, inverseScale);
    accept(1 / inverseScale, offset, error(x, at, weights, 1 / inverseScale, offset));
    keepLevels(levels, levelsAt);
    for (int step = 0; step < steps.count; step++) {
      float extra = steps.firstExtra + steps.extraStep * step;
      roundAndSum(x, at, weights, (extra + maxLevel) / (highest - offset));
      if (fitIsBetter(x, at, weights)) {
        keepLevels(levels, levelsAt);
      }
    }
    return scale;
  }

  /** The min of the last search: what has to be subtracted from scaled levels. */
  float min() {
    return -offset;
  }

  /** Finds the range of the elements, extended to zero if above, and weighted sums. */
  private void measure(float[] x, int at, float[] weights) {
    float lowest = x[at];
    highest = x[at];
    sumW = weights[0];
    sumX = weights[0] * x[at];
    for (int i = 1; i < trial.length; i++) {
      float xi = x[at + i];
      if (xi < lowest) {
        lowest = xi;
      }
      if (xi > highest) {
        highest = xi;
      }
      sumW += weights[i];
      sumX += weights[i] * xi;
    }
    offset = lowest > 0 ? 0 : lowest;
  }

  /** Fits scale and offset to the trial levels, and accepts them if they lessen the error. */
  private boolean fitIsBetter(float[] x, int at, float[] weights) {
    float determinant = sumW * sumL2 - sumL * sumL;
    if (!(determinant > 0)) {
      return false;
    }
    float trialScale = (sumW * sumXL - sumX * sumL) / determinant;
    float trialOffset = (sumL2 * sumX - sumL * sumXL) / determinant;
    if (trialOffset > 0) {
      trialOffset = 0;
      trialScale = sumXL / sumL2;
    }
    float trialError = error(x, at, weights, trialScale, trialOffset);
    if (!(trialError < bestError)) {
      return false;
    }
    accept(trialScale, trialOffset, trialError);
    return true;
  }

  private void keepLevels(int[] levels, int levelsAt) {
    for (int i = 0; i < trial.length; i++) {
      levels[levelsAt + i] = (int) trial[i];
    }
  }

  private void accept(float newScale, float newOffset, float newError) {
    scale = newScale;
    offset = newOffset;
    bestError = newError;
  }

  /** Rounds the elements to trial levels, and sums up what the least squares fit needs. */
  private void roundAndSum(float[] x, int at, float[] weights, float inverseScale) {
    float l1 = 0;
    float l2 = 0;
    float xl = 0;
    for (int i = 0; i < trial.length; i++) {
      int rounded = Rounding.nearestInt(inverseScale * (x[at + i] - offset));
      float level = Math.max(0, Math.min(maxLevel, rounded));
      trial[i] = level;
      float weighted = weights[i] * level;
      l1 += weighted;
      l2 += weighted * level;
      xl += weighted * x[at + i];
    }
    sumL = l1;
    sumL2 = l2;
    sumXL = xl;
  }

  /** The weighted error of the trial levels with that scale and offset. */
  private float error(float[] x, int at, float[] weights, float scale, float offset) {
    float sum = 0;
    for (int i = 0; i < trial.length; i++) {
      float difference = scale * trial[i] + offset - x[at + i];
      float loss = steps.absoluteError ? Math.abs(difference) : difference * difference;
      sum += weights[i] * loss;
    }
    return sum;
  }
}
