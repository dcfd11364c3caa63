package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;

import dev.sparkquant.kernels.ErrorMeter;
import jdk.incubator.vector.FloatVector;

/**
 * Measures errors a vector at a time; vectors with fewer lanes than the sums take several turns.
 */
final class VectorErrorMeter extends ErrorMeter {

  @Override
  protected void sum(float[] source, float[] decoded, int from, int end) {
    for (int lane = 0; lane < LANES; lane += Lanes.COUNT) {
      sumLanes(source, decoded, from + lane, end, lane);
    }
  }

  private void sumLanes(float[] source, float[] decoded, int from, int end, int lane) {
    FloatVector sumErrors = Lanes.zero();
    FloatVector sumSquares = Lanes.zero();
    FloatVector largest = Lanes.zero();
    for (int i = from; i < end; i += LANES) {
      FloatVector x = load(source, i);
      FloatVector error = load(decoded, i).sub(x);
      sumErrors = sumErrors.add(error.mul(error));
      sumSquares = sumSquares.add(x.mul(x));
      largest = largest.max(error.abs());
    }
    sumErrors.intoArray(errors, lane);
    sumSquares.intoArray(squares, lane);
    largest.intoArray(largestErrors, lane);
  }
}
