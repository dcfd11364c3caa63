package dev.sparkquant.kernels.block;

/**
 * Q6_K: x = d * scale * (q - 32); q has 6 bits; sub-blocks have a signed scale of 8 bits.
 *
 * <p>Source: {@code block_q6_K} in ggml.
 */
public final class Q6_KBlock {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 16;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /**
   * The four low bits of q: in each half of 128 elements, byte i holds elements i (low nibble) and
   * i + 64 (high).
   */
  public static final int QL = 0;

  /** The two high bits, ordered as {@link Q2_KBlock#QS}. */
  public static final int QH = QL + 128; // low bits: 256 elements, 2 a byte

  /** A signed byte a sub-block. */
  public static final int SCALES = QH + 64; // high bits: 256 elements, 4 a byte

  /** Half float: scale of the scales. */
  public static final int D = SCALES + 16; // scales: a byte for each of 16 sub-blocks

  /** Bytes of a block. */
  public static final int BYTES = D + 2;

  private Q6_KBlock() {}
}
