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

  /** What {@link #typed(FloatVector)} casts to. */
  private static final Class<?> FLOAT_CLASS = FLOATS.vectorType();

  private static final Class<?> INT_CLASS = INTS.vectorType();

  /** Lanes of a vector. */
  static final int COUNT = FLOATS.length();

  private Lanes() {}

  /** The vector that starts at {@code array[at]}. */
  static FloatVector load(float[] array, int at) {
    return typed(FloatVector.fromArray(FLOATS, array, at));
  }

  /** The raw bits of the vector that starts at {@code array[at]}. */
  static IntVector loadBits(float[] array, int at) {
    return bits(FloatVector.fromArray(FLOATS, array, at));
  }

  /** Stores a vector from {@code array[at]} on. */
  static void store(FloatVector values, float[] array, int at) {
    typed(values).intoArray(array, at);
  }

  /** Stores a vector as the raw bits of floats. */
  static void storeBits(IntVector bits, float[] array, int at) {
    store(floats(bits), array, at);
  }

  /** The raw bits of floats. */
  static IntVector bits(FloatVector values) {
    return typed(typed(values).reinterpretAsInts());
  }

  /** The floats of raw bits. */
  static FloatVector floats(IntVector bits) {
    return typed(typed(bits).reinterpretAsFloats());
  }

  /**
   * The same vector, known to be of the species' class.
   *
   * <p>Each operation is a method of that class: the compiler takes it for an instruction if it
   * knows the class of the vector, and of the vectors it is given, when it comes to it. It follows
   * the class through an expression, but not around a loop, nor into what stores a vector or
   * reinterprets its bits. There it goes by which classes it has seen, and a method compiled before
   * it has seen enough allocates its vectors for good. A cast that it can check in advance costs
   * nothing and needs no such profile.
   */
  static FloatVector typed(FloatVector vector) {
    return (FloatVector) FLOAT_CLASS.cast(vector);
  }

  /** As {@link #typed(FloatVector)}. */
  static IntVector typed(IntVector vector) {
    return (IntVector) INT_CLASS.cast(vector);
  }

  static FloatVector broadcast(float value) {
    return typed(FloatVector.broadcast(FLOATS, value));
  }

  static FloatVector zero() {
    return typed(FloatVector.zero(FLOATS));
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
