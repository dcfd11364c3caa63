package dev.sparkquant.kernels.block;

/**
 * Q4_K: x = d * scale * q - dmin * min; q has 4 bits; sub-blocks have a scale and a min of 6 bits.
 *
 * <p>Source: {@code block_q4_K} in ggml.
 */
public final class Q4_KBlock {
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

  /**
   * Scales and mins of 6 bits each. Bytes 0 to 3 hold the scales of sub-blocks 0 to 3, bytes 4 to 7
   * their mins. Bytes 8 to 11 hold the low four bits of the scale (low nibble) and of the min
   * (high) of sub-blocks 4 to 7, whose high two bits are the top bits of bytes 0 to 3 (scale) and 4
   * to 7 (min).
   */
  public static final int SCALES = DMIN + 2;

  /** 32 bytes hold two sub-blocks: the even one in the low nibbles, the odd one in the high. */
  public static final int QS = SCALES + 12; // scales: 8 sub-blocks of 2 times 6 bits

  /** Bytes of a block. */
  public static final int BYTES = QS + 128; // 256 elements, 2 a byte

  private Q4_KBlock() {}
}
