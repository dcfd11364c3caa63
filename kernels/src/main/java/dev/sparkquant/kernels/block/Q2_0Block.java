package dev.sparkquant.kernels.block;

/**
 * Q2_0: x = d * (q - 1); q has 2 bits.
 *
 * <p>Source: {@code block_q2_0} in ggml.
 */
public final class Q2_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 64;

  /** Half float: the scale. */
  public static final int D = 0;

  /** Bits 2 * j and 2 * j + 1 of byte i hold element 4 * i + j. */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 64 elements, 4 a byte

  private Q2_0Block() {}
}
