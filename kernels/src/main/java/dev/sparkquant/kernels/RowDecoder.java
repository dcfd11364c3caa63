package dev.sparkquant.kernels;

/**
 * Decodes the blocks of one ggml type into floats, equal to ggml's.
 *
 * <p>Decoders are stateless and may be shared between threads.
 */
public interface RowDecoder {

  /**
   * Decodes {@code count} elements, whole blocks.
   *
   * @param src little-endian blocks from {@code srcOffset} on
   * @param count elements, a multiple of the type's block length
   * @param dst receives {@code count} floats from {@code dstOffset} on
   * @return bytes read
   */
  int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset);
}
