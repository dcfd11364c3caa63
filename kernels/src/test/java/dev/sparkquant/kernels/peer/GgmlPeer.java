package dev.sparkquant.kernels.peer;

import dev.sparkquant.gguf.GgmlType;

/**
 * The ggml that tests hold our kernels against: the one in the jar {@code de.kherud:llama}, or
 * another build that the system property {@code ggml.build} names by its path.
 *
 * <p>The bytes of the jar's library are those of the current llama.cpp for every type it knows, but
 * for what {@link #isOld} tells.
 */
public final class GgmlPeer {
  private static final String OTHER_LIBRARY = System.getProperty("ggml.build");

  private static final GgmlLibrary GGML =
      OTHER_LIBRARY == null ? GgmlLibrary.ofJar() : GgmlLibrary.at(OTHER_LIBRARY);

  private GgmlPeer() {}

  /**
   * Whether this ggml is the jar's, which llama.cpp has since departed from in the encoding of
   * IQ1_M and, with importance, in two corners. Where all products of importance and elements are
   * zero, the old one divides zero by zero and stores NaN as a scale; today's is 0. Where all
   * scales are below 1e-15, today's are taken for zero; the old ones get levels to no effect, as
   * they are zero as half floats.
   */
  public static boolean isOld() {
    return OTHER_LIBRARY == null;
  }

  /** See {@link GgmlLibrary#knows}. */
  public static boolean knows(GgmlType type) {
    return GGML.knows(type);
  }

  /** See {@link GgmlLibrary#quantize}. */
  public static byte[] quantize(
      GgmlType type, float[] src, int rows, int rowLength, float[] importance) {
    return GGML.quantize(type, src, rows, rowLength, importance);
  }

  /** See {@link GgmlLibrary#dequantize}. */
  public static float[] dequantize(GgmlType type, byte[] blocks, int count) {
    return GGML.dequantize(type, blocks, count);
  }

  /** See {@link GgmlLibrary#isValid}. */
  public static boolean isValid(GgmlType type, byte[] blocks) {
    return GGML.isValid(type, blocks);
  }
}
