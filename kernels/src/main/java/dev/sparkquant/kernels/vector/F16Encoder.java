package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import jdk.incubator.vector.IntVector;

/** Stores elements as F16; importance does not matter. */
final class F16Encoder implements RowEncoder {

  @Override
  public int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset) {
    int count = rows * rowLength;
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole; i += Lanes.COUNT) {
      IntVector halves = HalfFloats.fromFloat(Lanes.load(src, srcOffset + i));
      Bytes.storeShorts(halves, dst, dstOffset + i * Short.BYTES);
    }
    for (int i = whole; i < count; i++) {
      short half = HalfFloat.fromFloat(src[srcOffset + i]);
      LittleEndian.putShort(dst, dstOffset + i * Short.BYTES, half);
    }
    return count * Short.BYTES;
  }
}
