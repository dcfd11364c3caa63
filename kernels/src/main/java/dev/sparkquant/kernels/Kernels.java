package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.scalar.ScalarKernels;

/**
 * Encoders and decoders of ggml's types: the one entrance to this module.
 *
 * <p>The implementation is picked once, when this class is loaded.
 */
public final class Kernels {
  private static final KernelProvider PROVIDER = new ScalarKernels();

  private Kernels() {}

  /** The implementation in use, as reports name it. */
  public static String implementation() {
    return PROVIDER.name();
  }

  /** Whether rows can be encoded to that type. */
  public static boolean canEncode(GgmlType type) {
    return PROVIDER.encoder(type).isPresent();
  }

  /** Whether rows of that type can be decoded to floats. */
  public static boolean canDecode(GgmlType type) {
    return PROVIDER.decoder(type).isPresent();
  }

  /**
   * The encoder of a type.
   *
   * @throws IllegalArgumentException if the type cannot be encoded
   */
  public static RowEncoder encoder(GgmlType type) {
    return PROVIDER
        .encoder(type)
        .orElseThrow(() -> new IllegalArgumentException("Cannot encode " + type + ": decode-only"));
  }

  /**
   * The decoder of a type.
   *
   * @throws IllegalArgumentException if the type cannot be decoded to floats
   */
  public static RowDecoder decoder(GgmlType type) {
    return PROVIDER
        .decoder(type)
        .orElseThrow(
            () -> new IllegalArgumentException("Cannot decode " + type + ": not a weight type"));
  }
}
