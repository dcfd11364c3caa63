package dev.sparkquant.kernels.block;

/**
 * IQ2_S: groups of 8 are points of {@link IqGrids#IQ2_S} with signs; 16 elements share a scale of 4
 * bits.
 *
 * <p>Source: {@code block_iq2_s} in ggml.
 */
public final class IQ2_SBlock {
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

  /** A byte a group: bit i set if element i is negative. */
  public static final int SIGNS = QS + 32; // index: 32 groups, a byte each

  /** A byte a sub-block: 2 high bits of the index for each of four groups. */
  public static final int QH = SIGNS + 32; // signs: 32 groups, a byte each

  /** A byte a sub-block: the scale of its first half in the low nibble. */
  public static final int SCALES = QH + 8; // high bits: 8 sub-blocks, a byte each

  /** Bytes of a block. */
  public static final int BYTES = SCALES + 8; // a byte for each of 8 sub-blocks

  private IQ2_SBlock() {}
}
