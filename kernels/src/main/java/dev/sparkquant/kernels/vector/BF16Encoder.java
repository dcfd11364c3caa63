package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.Bfloat16;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Stores elements as BF16; importance does not matter. */
final class BF16Encoder implements RowEncoder {
  private static final int MAGNITUDE = 0x7FFF_FFFF;
  private static final int INFINITY = 0x7F80_0000;
  private static final int QUIET = 0x40;

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
      IntVector upper = upper(Lanes.loadBits(src, srcOffset + i));
      Bytes.storeShorts(upper, dst, dstOffset + i * Short.BYTES);
    }
    for (int i = whole; i < count; i++) {
      short upper = Bfloat16.fromFloat(src[srcOffset + i]);
      LittleEndian.putShort(dst, dstOffset + i * Short.BYTES, upper);
    }
    return count * Short.BYTES;
  }

  /** The conversion of {@link Bfloat16#fromFloat}, lane by lane. */
  private static IntVector upper(IntVector bits) {
    IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
    IntVector rounded = bits.add(odd).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
    IntVector quiet = bits.lanewise(VectorOperators.LSHR, 16).or(QUIET);
    return rounded.blend(quiet, bits.and(MAGNITUDE).compare(VectorOperators.GT, INFINITY));
  }
}
