package dev.sparkquant.kernels.block;

/**
 * MXFP4: x = 2^(e - 128) * the value of q in {@link E2m1Values}; q has 4 bits.
 *
 * <p>Source: {@code block_mxfp4} in ggml.
 */
public final class MXFP4Block {
  /** Elements of a block. */
  public static final int LENGTH = 32;

  /** Unsigned byte: the exponent of the scale, E8M0. */
  public static final int E = 0;

  /** Byte i holds elements i (low nibble) and i + 16 (high). */
  public static final int QS = E + 1;

  /** Bytes of a block. */
  public static final int BYTES = QS + 16; // 32 elements, 2 a byte

  private MXFP4Block() {}
}
