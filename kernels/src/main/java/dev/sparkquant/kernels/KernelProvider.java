package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;
import java.util.Optional;

/** One implementation of all kernels: which types it encodes and decodes, and with what. */
public interface KernelProvider {

  /** How reports name this implementation, such as {@code scalar} or {@code vector-512}. */
  String name();

  /** The encoder of a type, or nothing if the type is decode-only or no weight type. */
  Optional<RowEncoder> encoder(GgmlType type);

  /** The decoder of a type, or nothing if the type is no weight type (integers, F64). */
  Optional<RowDecoder> decoder(GgmlType type);

  /** A new meter of errors. */
  ErrorMeter errorMeter();

  /**
   * How many bytes from {@code data[offset]} on hold finite numbers for certain: those before the
   * first that is not finite, less what is not looked at for being near it or near the end.
   *
   * @param length in bytes
   * @param exponents the bits of the exponents in 32 bits of little-endian numbers, which have 32
   *     bits or 16: all of them set make a number NaN or infinite
   * @return a multiple of 4, maybe 0
   */
  int finiteBytes(byte[] data, int offset, int length, int exponents);
}
