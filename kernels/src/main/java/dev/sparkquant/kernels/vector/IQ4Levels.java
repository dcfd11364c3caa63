package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;
import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.store;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** What IQ4_NL and IQ4_XS do before and after the search, each lane a block of its own. */
final class IQ4Levels {

  private IQ4Levels() {}

  /**
   * Twice the mean square of the elements: the variance that goes with importance.
   *
   * @param to receives it
   */
  static void variance(float[] memory, int records, int length, int to) {
    FloatVector sum = Lanes.zero();
    for (int at = records; at < records + length * Records.SIZE; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      sum = typed(sum).add(x.mul(x));
    }
    store(typed(sum).mul(2f / length), memory, to);
  }

  /**
   * Leaves in the records what {@link #number} needs to know of the elements.
   *
   * @param scale where the scale is that values are chosen for; all elements count as 0 if it is 0
   */
  static void find(float[] memory, int records, int scale) {
    FloatVector inverse = inverse(load(memory, scale));
    for (int i = 0; i < IQ4Search.LENGTH * Records.SIZE; i += Records.SIZE) {
      FloatVector scaled = inverse.mul(load(memory, records + i + Records.X));
      storeBits(IQ4Lookup.findNumber(scaled), memory, records + i + Records.LEVEL);
    }
  }

  /**
   * Leaves the numbers of the values nearest to 32 elements in the records, as levels.
   *
   * @param reach raised where scaled elements may be infinite or no number
   */
  static void number(float[] memory, int records, int scale, int reach) {
    FloatVector inverse = inverse(load(memory, scale));
    IntVector reached = Rounding.infinitePart(inverse);
    storeBits(loadBits(memory, reach).max(reached), memory, reach);
    for (int i = 0; i < IQ4Search.LENGTH * Records.SIZE; i += Records.SIZE) {
      FloatVector scaled = inverse.mul(load(memory, records + i + Records.X));
      IntVector found = loadBits(memory, records + i + Records.LEVEL);
      storeBits(IQ4Lookup.number(scaled, found), memory, records + i + Records.LEVEL);
    }
  }

  private static FloatVector inverse(FloatVector scale) {
    return Lanes.broadcast(1f).div(scale).blend(0f, scale.compare(VectorOperators.EQ, 0f));
  }
}
