package dev.sparkquant.kernels.block;

/**
 * IQ2_XS: groups of 8 are points of {@link IqGrids#IQ2_XS} with signs; 16 elements share a scale of
 * 4 bits.
 *
 * <p>Source: {@code block_iq2_xs} in ggml.
 */
public final class IQ2_XSBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /** 16 bits a group: the point's index in the low nine, sign bits in the high seven. */
  public static final int QS = D + 2;

  /** A byte a sub-block: the scale of its first half in the low nibble. */
  public static final int SCALES = QS + 64; // 32 groups of 2 bytes

  /** Bytes of a block. */
  public static final int BYTES = SCALES + 8; // a byte for each of 8 sub-blocks

  private IQ2_XSBlock() {}
}
