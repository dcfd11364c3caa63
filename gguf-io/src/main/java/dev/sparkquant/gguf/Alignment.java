package dev.sparkquant.gguf;

import java.util.Optional;

/** The alignment of tensor data: a power of two up to 2^30 bytes. */
final class Alignment {
  static final String KEY = "general.alignment";

  private static final long LARGEST = 1L << 30;

  private Alignment() {}

  /** What is wrong with a value of {@link #KEY}, if anything is. */
  static Optional<String> problem(MetadataValue value) {
    if (value.type() != MetadataType.UINT32) {
      return Optional.of(KEY + " has type " + value.type() + ", but must be UINT32");
    }
    long bytes = value.asLong();
    if (Long.bitCount(bytes) != 1 || bytes > LARGEST) {
      return Optional.of(
          KEY + " is " + bytes + ", but must be a power of two from 1 to " + LARGEST);
    }
    return Optional.empty();
  }

  /**
   * The least multiple of {@code alignment} that is no less than {@code size}.
   *
   * @throws ArithmeticException if it exceeds a long
   */
  static long pad(long size, int alignment) {
    return Math.addExact(size, alignment - 1L) & -alignment;
  }
}
