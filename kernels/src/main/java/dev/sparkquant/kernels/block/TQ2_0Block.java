package dev.sparkquant.kernels.block;

/**
 * TQ2_0: x = d * (q - 1); q has 2 bits of which the value 3 stays unused.
 *
 * <p>Source: {@code block_tq2_0} in ggml.
 */
public final class TQ2_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /**
   * 32 bytes a half of 128 elements: bits 2 * j and 2 * j + 1 of byte i hold element 32 * j + i.
   */
  public static final int QS = 0;

  /** Half float: the scale. */
  public static final int D = QS + 64; // 256 elements, 4 a byte

  /** Bytes of a block. */
  public static final int BYTES = D + 2;

  private TQ2_0Block() {}
}
