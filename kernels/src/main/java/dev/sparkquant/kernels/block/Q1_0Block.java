package dev.sparkquant.kernels.block;

/**
 * Q1_0: x = d or -d.
 *
 * <p>Source: {@code block_q1_0} in ggml.
 */
public final class Q1_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 128;

  /** Half float: the scale. */
  public static final int D = 0;

  /** Bit j of byte i is set if element 8 * i + j is not negative. */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 128 elements, 8 a byte

  private Q1_0Block() {}
}
