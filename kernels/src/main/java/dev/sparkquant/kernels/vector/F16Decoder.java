package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.store;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;

/** Reads elements stored as F16. */
final class F16Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole; i += Lanes.COUNT) {
      store(
          HalfFloats.toFloat(Bytes.loadShorts(src, srcOffset + i * Short.BYTES)),
          dst,
          dstOffset + i);
    }
    for (int i = whole; i < count; i++) {
      short half = LittleEndian.getShort(src, srcOffset + i * Short.BYTES);
      dst[dstOffset + i] = HalfFloat.toFloat(half);
    }
    return count * Short.BYTES;
  }
}
