package dev.sparkquant.kernels.block;

/**
 * Q4_1: x = d * q + m; q has 4 bits.
 *
 * <p>Source: {@code block_q4_1} in ggml.
 */
public final class Q4_1Block {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Half float: the scale. */
  public static final int D = 0;

  /** Half float: the minimum, added to all elements. */
  public static final int M = D + 2;

  /** Byte i holds elements i (low nibble) and i + 16 (high). */
  public static final int QS = M + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 32 elements, 2 a byte

  private Q4_1Block() {}
}
