package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.storeBits;

import dev.sparkquant.kernels.Bfloat16;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.block.LittleEndian;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Reads elements stored as BF16. */
final class BF16Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole; i += Lanes.COUNT) {
      IntVector upper = Bytes.loadShorts(src, srcOffset + i * Short.BYTES);
      storeBits(upper.lanewise(VectorOperators.LSHL, 16), dst, dstOffset + i);
    }
    for (int i = whole; i < count; i++) {
      short upper = LittleEndian.getShort(src, srcOffset + i * Short.BYTES);
      dst[dstOffset + i] = Bfloat16.toFloat(upper);
    }
    return count * Short.BYTES;
  }
}
