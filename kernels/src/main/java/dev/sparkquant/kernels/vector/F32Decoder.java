package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;

/** Reads elements stored as F32. */
final class F32Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole; i += Lanes.COUNT) {
      Bytes.loadFloats(src, srcOffset + i * Float.BYTES).intoArray(dst, dstOffset + i);
    }
    for (int i = whole; i < count; i++) {
      dst[dstOffset + i] = LittleEndian.getFloat(src, srcOffset + i * Float.BYTES);
    }
    return count * Float.BYTES;
  }
}
