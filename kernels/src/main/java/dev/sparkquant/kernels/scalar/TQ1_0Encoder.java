package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.TQ1_0Block;

/**
 * Encodes {@link TQ1_0Block}: the scale is the largest magnitude; importance does not matter.
 *
 * <p>Source: {@code quantize_row_tq1_0_ref} in ggml.
 */
final class TQ1_0Encoder implements BlockEncoder {
  private static final int DIGITS_A_BYTE = 5;

  /** How many numbers five ternary digits make. */
  private static final int NUMBERS = 243;

  @Override
  public void encode(
      float[] x, int at, float[] importance, int importanceAt, byte[] dst, int dstAt) {
    float d = Math.abs(Extremes.largestMagnitude(x, at, TQ1_0Block.LENGTH));
    float inverse = d != 0 ? 1 / d : 0;
    LittleEndian.putShort(dst, dstAt + TQ1_0Block.D, HalfFloat.fromFloat(d));
    int qs = dstAt + TQ1_0Block.QS;
    pack(x, at, 32, 5, inverse, dst, qs);
    pack(x, at + 5 * 32, 16, 5, inverse, dst, qs + 32);
    pack(x, at + 5 * 32 + 5 * 16, 4, 4, inverse, dst, dstAt + TQ1_0Block.QH);
  }

  /** Packs {@code digits} elements that are {@code bytes} apart into each of that many bytes. */
  private static void pack(
      float[] x, int at, int bytes, int digits, float inverse, byte[] dst, int dstAt) {
    for (int i = 0; i < bytes; i++) {
      int number = 0;
      for (int digit = 0; digit < DIGITS_A_BYTE; digit++) {
        int q = digit < digits ? Ternary.round(x[at + digit * bytes + i] * inverse) : 0;
        number = number * 3 + q;
      }
      // Rounded up, so that the digits come out of the fraction by multiplication.
      dst[dstAt + i] = (byte) ((number * 256 + NUMBERS - 1) / NUMBERS);
    }
  }
}
