package dev.sparkquant.kernels.block;

/**
 * IQ3_S: groups of 4 are points of {@link IqGrids#IQ3_S} with signs; sub-blocks have a scale of 4
 * bits.
 *
 * <p>Source: {@code block_iq3_s} in ggml.
 */
public final class IQ3_SBlock {
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

  /** A byte a sub-block: the ninth bit of the index for each of eight groups. */
  public static final int QH = QS + 64; // index: 64 groups, a byte each

  /** Bit {@code i % 8} of byte {@code i / 8} is set if element i is negative. */
  public static final int SIGNS = QH + 8; // ninth bits: 8 sub-blocks, a byte each

  /** A nibble a sub-block, the even one in the low nibble. */
  public static final int SCALES = SIGNS + 32; // signs: 256 elements, 8 a byte

  /** Bytes of a block. */
  public static final int BYTES = SCALES + 4; // 8 sub-blocks, 2 a byte

  private IQ3_SBlock() {}
}
