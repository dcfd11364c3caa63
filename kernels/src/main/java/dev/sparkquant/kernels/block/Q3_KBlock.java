package dev.sparkquant.kernels.block;

/**
 * Q3_K: x = d * (scale - 32) * (q - 4); q has 3 bits; sub-blocks have a scale of 6 bits.
 *
 * <p>Source: {@code block_q3_K} in ggml.
 */
public final class Q3_KBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 16;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** The third bit of q: element i has bit {@code i / 32} of byte {@code i % 32}. */
  public static final int HMASK = 0;

  /** The two low bits of q, ordered as {@link Q2_KBlock#QS}. */
  public static final int QS = HMASK + 32; // third bit: 256 elements, 8 a byte

  /**
   * The scales: 8 bytes with the low four bits of sub-blocks j and j + 8, then 4 with the high two
   * bits of sub-blocks j, j + 4, j + 8 and j + 12.
   */
  public static final int SCALES = QS + 64; // low bits: 256 elements, 4 a byte

  /** Half float: scale of the scales. */
  public static final int D = SCALES + 12; // scales: 16 sub-blocks of 6 bits

  /** Bytes of a block. */
  public static final int BYTES = D + 2;

  private Q3_KBlock() {}
}
