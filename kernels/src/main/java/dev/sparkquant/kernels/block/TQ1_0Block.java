package dev.sparkquant.kernels.block;

/**
 * TQ1_0: x = d * (q - 1); q is a ternary digit, five of them to a byte.
 *
 * <p>A byte holds the digits as a fraction of 256, the first element's digit the most significant:
 * multiplying by 3 moves one digit out at the top.
 *
 * <p>Source: {@code block_tq1_0} in ggml.
 */
public final class TQ1_0Block {
  /** Elements of a block. */
  public static final int LENGTH = 256;

  /**
   * 32 bytes for elements 0 to 159 (byte i: every 32nd from i on), then 16 for elements 160 to 239
   * (byte 32 + i: every 16th from 160 + i on).
   */
  public static final int QS = 0;

  /** Byte i holds every fourth element from 240 + i on, four in all. */
  public static final int QH = QS + 32 + 16; // 5 a byte

  /** Half float: the scale. */
  public static final int D = QH + 4; // 16 elements, 4 a byte

  /** Bytes of a block. */
  public static final int BYTES = D + 2;

  private TQ1_0Block() {}
}
