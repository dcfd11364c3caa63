package dev.sparkquant.kernels.block;

/**
 * IQ1_S: groups of 8 are points of {@link IqGrids#IQ1_S}, shifted by 1/8 up or down; sub-blocks
 * have a scale of 3 bits.
 *
 * <p>Source: {@code block_iq1_s} in ggml.
 */
public final class IQ1_SBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /** A byte a group: the low eight bits of the point's index. */
  public static final int QS = D + 2;

  /**
   * 16 bits a sub-block: 3 high bits of the index for each of four groups, the scale in bits 12 to
   * 14, and bit 15 set for a shift down.
   */
  public static final int QH = QS + 32; // index: 32 groups, a byte each

  /** Bytes of a block. */
  public static final int BYTES = QH + 16; // 2 bytes for each of 8 sub-blocks

  private IQ1_SBlock() {}
}
