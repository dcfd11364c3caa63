package dev.sparkquant.kernels.block;

/**
 * Q8_0: x = d * q; q is a signed byte.
 *
 * <p>Source: {@code block_q8_0} in ggml.
 */
public final class Q8_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Half float: the scale. */
  public static final int D = 0;

  /** A signed byte an element. */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + LENGTH;

  private Q8_0Block() {}
}
