package dev.sparkquant.kernels.block;

/**
 * Q5_K: x = d * scale * q - dmin * min; q has 5 bits; sub-blocks have a scale and a min of 6 bits.
 *
 * <p>Source: {@code block_q5_K} in ggml.
 */
public final class Q5_KBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 32;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** Half float: scale of the scales. */
  public static final int D = 0;

  /** Half float: scale of the mins. */
  public static final int DMIN = D + 2;

  /** Scales and mins, ordered as {@link Q4_KBlock#SCALES}. */
  public static final int SCALES = DMIN + 2;

  /** The fifth bit of q: element i of sub-block j has bit j of byte i. */
  public static final int QH = SCALES + 12; // scales: 8 sub-blocks of 2 times 6 bits

  /**
   * The four low bits: 32 bytes hold two sub-blocks, the even one in the low nibbles, the odd one
   * in the high.
   */
  public static final int QS = QH + 32; // fifth bit: 256 elements, 8 a byte

  /** Bytes of a block. */
  public static final int BYTES = QS + 128; // low bits: 256 elements, 2 a byte

  private Q5_KBlock() {}
}
