package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.RowEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Stores elements as F32; importance does not matter.
 *
 * <p>Source: {@code ggml_quantize_chunk} in ggml.
 */
final class F32Encoder implements RowEncoder {

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
    int bytes = count * Float.BYTES;
    // A buffer copies memory as a whole where the machine's byte order is the format's.
    ByteBuffer.wrap(dst, dstOffset, bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(src, srcOffset, count);
    return bytes;
  }
}
