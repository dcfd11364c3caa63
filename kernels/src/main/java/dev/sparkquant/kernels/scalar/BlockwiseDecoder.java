package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowDecoder;

/** Decodes rows block after block. */
record BlockwiseDecoder(GgmlType type, BlockDecoder blockDecoder) implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int blocks = count / type.blockLength();
    for (int i = 0; i < blocks; i++) {
      blockDecoder.decode(
          src, srcOffset + i * type.blockBytes(), dst, dstOffset + i * type.blockLength());
    }
    return blocks * type.blockBytes();
  }
}
