package dev.sparkquant.kernels.block;

/**
 * Q2_K: x = d * scale * q - dmin * min; q has 2 bits; sub-blocks have a scale and a min of 4 bits.
 *
 * <p>Source: {@code block_q2_K} in ggml.
 */
public final class Q2_KBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 16;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** A byte a sub-block: scale in the low four bits, min in the high four. */
  public static final int SCALES = 0;

  /**
   * In each half of 128 elements and 32 bytes, byte i holds elements i, i + 32, i + 64 and i + 96,
   * lowest bits first.
   */
  public static final int QS = SCALES + 16; // scales: a byte for each of 16 sub-blocks

  /** Half float: scale of the scales. */
  public static final int D = QS + 64; // q: 256 elements, 4 a byte

  /** Half float: scale of the mins. */
  public static final int DMIN = D + 2;

  /** Bytes of a block. */
  public static final int BYTES = DMIN + 2;

  private Q2_KBlock() {}
}
