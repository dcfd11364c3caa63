package dev.sparkquant.kernels.block;

/**
 * IQ4_NL: x = d * value of q in {@link IQ4Values}; q has 4 bits.
 *
 * <p>Source: {@code block_iq4_nl} in ggml.
 */
public final class IQ4_NLBlock {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Half float: the scale. */
  public static final int D = 0;

  /** Byte i holds elements i (low nibble) and i + 16 (high). */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 32 elements, 2 a byte

  private IQ4_NLBlock() {}
}
