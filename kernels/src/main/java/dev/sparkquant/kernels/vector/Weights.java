package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;

/** The weights with which searches judge the errors of elements, written to their records. */
final class Weights {

  private Weights() {}

  /**
   * Mean squares, added up in order, times a factor.
   *
   * @param to receives them
   */
  static void meanSquare(float[] memory, int record, int length, int factor, int to) {
    FloatVector sum = Lanes.zero();
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      sum = typed(sum).add(x.mul(x));
    }
    store(typed(sum).mul(factor).div(length), memory, to);
  }

  /** Weights are magnitudes. */
  static void fromMagnitudes(float[] memory, int record, int length) {
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      store(load(memory, at + Records.X).abs(), memory, at + Records.WEIGHT);
    }
  }

  /** Weights are magnitudes plus the root mean square of all. */
  static void fromMagnitudesAboveMean(float[] memory, int record, int length) {
    FloatVector sum = Lanes.zero();
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      sum = typed(sum).add(x.mul(x));
    }
    FloatVector rms = typed(typed(sum).div(length).sqrt());
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      store(rms.add(load(memory, at + Records.X).abs()), memory, at + Records.WEIGHT);
    }
  }

  /**
   * Makes weights of importance: {@code importance * sqrt(variance + x^2)}.
   *
   * @param varianceAt where the vector of variances is
   */
  static void fromImportance(float[] memory, int record, int length, int varianceAt) {
    FloatVector variance = load(memory, varianceAt);
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector importance = load(memory, at + Records.WEIGHT);
      store(importance.mul(variance.add(x.mul(x)).sqrt()), memory, at + Records.WEIGHT);
    }
  }

  /** Weights are squares. */
  static void fromSquares(float[] memory, int record, int length) {
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      store(x.mul(x), memory, at + Records.WEIGHT);
    }
  }

  /** Multiplies elements by their weights. */
  static void multiply(float[] memory, int record, int length) {
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      store(
          load(memory, at + Records.WEIGHT).mul(load(memory, at + Records.X)),
          memory,
          at + Records.WEIGHTED_X);
    }
  }

  /** As {@link #fromSquares} and {@link #multiply} in one. */
  static void fromSquaresAndMultiply(float[] memory, int record, int length) {
    for (int at = record; at < record + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector square = x.mul(x);
      store(square, memory, at + Records.WEIGHT);
      store(square.mul(x), memory, at + Records.WEIGHTED_X);
    }
  }
}
