package dev.sparkquant.kernels.block;

/**
 * IQ3_XXS: groups of 4 are points of {@link IqGrids#IQ3_XXS} with signs; sub-blocks have a scale of
 * 4 bits.
 *
 * <p>Source: {@code block_iq3_xxs} in ggml.
 */
public final class IQ3_XXSBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /** A byte a group: the point's index. */
  public static final int QS = D + 2;

  /**
   * 32 bits a sub-block: 7 sign bits for each of four pairs of groups, and the scale in the top
   * four.
   */
  public static final int SCALES_AND_SIGNS = QS + 64; // 64 groups, a byte each

  /** Bytes of a block. */
  public static final int BYTES = SCALES_AND_SIGNS + 32; // 4 bytes for each of 8 sub-blocks

  private IQ3_XXSBlock() {}
}
