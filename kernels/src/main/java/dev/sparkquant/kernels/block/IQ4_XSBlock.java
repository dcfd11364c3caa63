package dev.sparkquant.kernels.block;

/**
 * IQ4_XS: x = d * (scale - 32) * value of q in {@link IQ4Values}; q has 4 bits; sub-blocks have a
 * scale of 6 bits.
 *
 * <p>Source: {@code block_iq4_xs} in ggml.
 */
public final class IQ4_XSBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /** 16 bits: the two high bits of sub-block j's scale are bits 2j and 2j + 1. */
  public static final int SCALES_H = D + 2;

  /**
   * The four low bits of the scales: an even sub-block in the low nibble, the odd one after it in
   * the high.
   */
  public static final int SCALES_L = SCALES_H + 2;

  /** 16 bytes a sub-block: byte i holds elements i (low nibble) and i + 16 (high). */
  public static final int QS = SCALES_L + 4; // low bits: 8 sub-blocks, 2 a byte

  /** Bytes of a block. */
  public static final int BYTES = QS + 128; // 256 elements, 2 a byte

  private IQ4_XSBlock() {}
}
