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
}
