package dev.sparkquant.kernels.block;

/**
 * NVFP4: x = d * the value of q in {@link E2m1Values}; q has 4 bits; sub-blocks have a scale of 8
 * bits.
 *
 * <p>Source: {@code block_nvfp4} in ggml.
 */
public final class NVFP4Block {
  /** Elements of a block. */
  public static final int LENGTH = 64;

  /** Elements of a sub-block. */
  public static final int SUB_LENGTH = 16;

  /** Sub-blocks of a block. */
  public static final int SUB_BLOCKS = LENGTH / SUB_LENGTH;

  /** A byte a sub-block: its scale, unsigned E4M3. */
  public static final int D = 0;

  /** 8 bytes a sub-block: byte i holds elements i (low nibble) and i + 8 (high). */
  public static final int QS = D + SUB_BLOCKS;

  /** Bytes of a block. */
  public static final int BYTES = QS + 32; // 64 elements, 2 a byte

  private NVFP4Block() {}
}
