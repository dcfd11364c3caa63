package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;

/**
 * Encodes rows block after block without a search, each lane of a vector an element; importance
 * does not matter.
 */
abstract class BlockwiseEncoder implements RowEncoder {
  private final GgmlType type;
  private final RowEncoder scalar;

  /**
   * @param scalar encodes the blocks that {@link #encodeBlock} declines
   */
  BlockwiseEncoder(GgmlType type, RowEncoder scalar) {
    this.type = type;
    this.scalar = scalar;
  }

  /**
   * Encodes the elements from {@code src[at]} on into the block at byte {@code to}.
   *
   * @param levels scratch memory: a byte an element
   * @return whether that was possible: not where scaled elements may be infinite or no number
   */
  abstract boolean encodeBlock(float[] src, int at, byte[] levels, byte[] dst, int to);

  @Override
  public final int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset) {
    int length = type.blockLength();
    int bytes = type.blockBytes();
    byte[] levels = new byte[length];
    int blocks = rows * (rowLength / length);
    for (int block = 0; block < blocks; block++) {
      int at = srcOffset + block * length;
      int to = dstOffset + block * bytes;
      if (!encodeBlock(src, at, levels, dst, to)) {
        scalar.encode(src, at, 1, length, null, 0, dst, to);
      }
    }
    return blocks * bytes;
  }
}
