package dev.sparkquant.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of all vectors, and how they are read.
 *
 * <p>The machine's widest vectors are used unless the system property {@value #BITS} names another
 * width: 128, 256 or 512. Results do not depend on it.
 */
final class Lanes {
  /** The system property that forces a width in bits. */
  static final String BITS = "sparkquant.vector.bits";

  static final VectorSpecies<Float> FLOATS = species();

  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /** Lanes of a vector. */
  static final int COUNT = FLOATS.length();

  private Lanes() {}

  /** The vector that starts at {@code array[at]}. */
  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }

  /** The raw bits of the vector that starts at {@code array[at]}. */
  static IntVector loadBits(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at).reinterpretAsInts();
  }

  /** Stores a vector as the raw bits of floats. */
  static void storeBits(IntVector bits, float[] array, int at) {
    bits.reinterpretAsFloats().intoArray(array, at);
  }

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  static FloatVector zero() {
    return FloatVector.zero(FLOATS);
  }

  private static VectorSpecies<Float> species() {
    String forced = System.getProperty(BITS);
    if (forced == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    return switch (forced) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "Cannot use vectors of " + forced + " bits: " + BITS + " is 128, 256 or 512");
    };
  }
}
