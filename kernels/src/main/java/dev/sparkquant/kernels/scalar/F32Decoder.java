package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.RowDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads elements stored as F32.
 *
 * <p>Source: {@code GGML_TYPE_F32} in ggml.
 */
final class F32Decoder implements RowDecoder {

  @Override
  public int decode(byte[] src, int srcOffset, int count, float[] dst, int dstOffset) {
    int bytes = count * Float.BYTES;
    // A buffer copies memory as a whole where the machine's byte order is the format's.
    ByteBuffer.wrap(src, srcOffset, bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(dst, dstOffset, count);
    return bytes;
  }
}
