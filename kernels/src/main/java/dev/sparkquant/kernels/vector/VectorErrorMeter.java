package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import dev.sparkquant.kernels.ErrorMeter;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

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
    IntVector largest = loadBits(largestErrors, lane);
    for (int i = from; i < end; i += LANES) {
      FloatVector x = load(source, i);
      FloatVector error = load(decoded, i).sub(x);
      sumErrors = typed(sumErrors).add(error.mul(error));
      sumSquares = typed(sumSquares).add(x.mul(x));
      largest = typed(largest).max(Rounding.magnitude(error));
    }
    store(sumErrors, errors, lane);
    store(sumSquares, squares, lane);
    storeBits(largest, largestErrors, lane);
  }
}
