package dev.sparkquant.kernels.block;

/**
 * IQ1_M: groups of 8 are points of {@link IqGrids#IQ1_S}, shifted by 1/8 up or down; 16 elements
 * share a scale of 3 bits.
 *
 * <p>Source: {@code block_iq1_m} in ggml.
 */
public final class IQ1_MBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** A byte a group: the low eight bits of the point's index. */
  public static final int QS = 0;

  /**
   * A nibble a group, the even one in the low nibble: 3 high bits of the index, and bit 3 set for a
   * shift down.
   */
  public static final int QH = QS + 32; // index: 32 groups, a byte each

  /**
   * Four times 16 bits: four 3-bit scales, and four bits of d, a half float, its lowest bits first.
   */
  public static final int SCALES = QH + 16; // high bits: 32 groups, 2 a byte

  /** Bytes of a block. */
  public static final int BYTES = SCALES + 8; // 4 times 16 bits

  private IQ1_MBlock() {}
}
