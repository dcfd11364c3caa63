package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;

/**
 * Encoders and decoders of ggml's types: the one entrance to this module.
 *
 * <p>The implementation is picked once, when this class is loaded, by the system property {@code
 * sparkquant.kernels}: {@code scalar}, {@code vector}, which is an error where vectors are not to
 * be had, or {@code auto}, the default, which then logs a line and is scalar. All give the same
 * bytes.
 */
public final class Kernels {
  private static final Selection SELECTION = Selection.make();

  private Kernels() {}

  /** The implementation in use, as reports name it. */
  public static String implementation() {
    return provider().name();
  }

  /** Whether rows can be encoded to that type. */
  public static boolean canEncode(GgmlType type) {
    return provider().encoder(type).isPresent();
  }

  /** Whether rows of that type can be decoded to floats. */
  public static boolean canDecode(GgmlType type) {
    return provider().decoder(type).isPresent();
  }

  /**
   * The encoder of a type.
   *
   * @throws IllegalArgumentException if the type cannot be encoded
   */
  public static RowEncoder encoder(GgmlType type) {
    return provider()
        .encoder(type)
        .orElseThrow(() -> new IllegalArgumentException("Cannot encode " + type + ": decode-only"));
  }

  /**
   * The decoder of a type.
   *
   * @throws IllegalArgumentException if the type cannot be decoded to floats
   */
  public static RowDecoder decoder(GgmlType type) {
    return provider()
        .decoder(type)
        .orElseThrow(
            () -> new IllegalArgumentException("Cannot decode " + type + ": not a weight type"));
  }

  /** A new meter of what encoding costs. */
  public static ErrorMeter errorMeter() {
    return provider().errorMeter();
  }

  /** As {@link KernelProvider#finiteBytes}. */
  static int finiteBytes(byte[] data, int offset, int length, int exponents) {
    return provider().finiteBytes(data, offset, length, exponents);
  }

  private static KernelProvider provider() {
    if (SELECTION.failure != null) {
      throw new IllegalStateException(SELECTION.failure.getMessage(), SELECTION.failure);
    }
    return SELECTION.provider;
  }

  /** The kernels picked, or why there are none: an error while loading a class would hide that. */
  private record Selection(KernelProvider provider, RuntimeException failure) {

    static Selection make() {
      try {
        String choice = System.getProperty(KernelChoice.PROPERTY, "auto");
        return new Selection(KernelChoice.choose(choice), null);
      } catch (IllegalArgumentException | IllegalStateException e) {
        return new Selection(null, e);
      }
    }
  }
}
