package dev.sparkquant.kernels.scalar;

/** Decodes one block of a type. */
@FunctionalInterface
interface BlockDecoder {

  /** Reads the block at byte {@code at} and writes its elements from {@code dstAt} on. */
  void decode(byte[] src, int at, float[] dst, int dstAt);
}
