package dev.sparkquant.kernels.scalar;

/**
 * Encodes one block of a type whose blocks depend on nothing but their own elements.
 *
 * <p>Holds the scratch arrays of one thread, so that a block allocates nothing.
 */
interface BlockEncoder {

  /**
   * Encodes the elements from {@code x[at]} on into the block at byte {@code dstAt}.
   *
   * @param importance the importance of the block's elements from {@code importanceAt} on, or null
   */
  void encode(float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt);
}
