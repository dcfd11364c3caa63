package dev.sparkquant.kernels.block;

/**
 * Q4_0: x = d * (q - 8); q has 4 bits.
 *
 * <p>Source: {@code block_q4_0} in ggml.
 */
public final class Q4_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Half float: the scale. */
  public static final int D = 0;

  /** Byte i holds elements i (low nibble) and i + 16 (high). */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 32 elements, 2 a byte

  private Q4_0Block() {}
}
