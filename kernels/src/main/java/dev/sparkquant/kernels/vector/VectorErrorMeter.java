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
  protected void sum(float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count) {
    for (int lane = 0; lane < LANES; lane += Lanes.COUNT) {
      sumLanes(source, sourceFrom + lane, decoded, decodedFrom + lane, count, lane);
    }
  }

  private void sumLanes(
      float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count, int lane) {
    FloatVector sumErrors = Lanes.zero();
    FloatVector sumSquares = Lanes.zero();
    IntVector largest = loadBits(largestErrors, lane);
    for (int i = 0; i < count; i += LANES) {
      FloatVector x = load(source, sourceFrom + i);
      FloatVector error = load(decoded, decodedFrom + i).sub(x);
      sumErrors = typed(sumErrors).add(error.mul(error));
      sumSquares = typed(sumSquares).add(x.mul(x));
      largest = typed(largest).max(Rounding.magnitude(error));
    }
    store(sumErrors, errors, lane);
    store(sumSquares, squares, lane);
    storeBits(largest, largestErrors, lane);
  }
}
