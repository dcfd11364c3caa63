package dev.sparkquant.kernels.block;

/**
 * IQ2_XXS: groups of 8 are points of {@link IqGrids#IQ2_XXS} with signs; sub-blocks have a scale of
 * 4 bits.
 *
 * <p>Source: {@code block_iq2_xxs} in ggml.
 */
public final class IQ2_XXSBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /**
   * 8 bytes a sub-block: the indices of four points, a byte each, then 32 bits with 7 sign bits a
   * group and the scale in the top four.
   */
  public static final int QS = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = QS + 64; // 8 bytes for each of 8 sub-blocks

  private IQ2_XXSBlock() {}
}
