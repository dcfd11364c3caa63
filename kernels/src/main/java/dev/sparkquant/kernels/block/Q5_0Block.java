package dev.sparkquant.kernels.block;

/**
 * Q5_0: x = d * (q - 16); q has 5 bits.
 *
 * <p>Source: {@code block_q5_0} in ggml.
 */
public final class Q5_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Half float: the scale. */
  public static final int D = 0;

  /** 32 bits: bit i is the fifth bit of element i. */
  public static final int QH = D + 2;

  /** Byte i holds the four low bits of elements i (low nibble) and i + 16 (high). */
  public static final int QS = QH + 4;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 32 elements, 2 a byte

  private Q5_0Block() {}
}
