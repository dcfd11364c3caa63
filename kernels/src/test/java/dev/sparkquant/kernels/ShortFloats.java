package dev.sparkquant.kernels;

import dev.sparkquant.kernels.block.LittleEndian;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Inputs for the tests of 16-bit floats. */
final class ShortFloats {
  private static final int SHORTS = 1 << 16;

  private ShortFloats() {}

  /** All 16-bit values in order, little-endian. */
  static byte[] everyShort() {
    byte[] bytes = new byte[2 * SHORTS];
    for (int i = 0; i < SHORTS; i++) {
      LittleEndian.putShort(bytes, 2 * i, (short) i);
    }
    return bytes;
  }

  /**
   * Every value that a 16-bit format has, the midpoint to the next one, the floats beside each,
   * NaNs and infinities, and a million random bit patterns.
   */
  static float[] floatsAround(IntToDoubleFunction decode) {
    int random = 1_000_000;
    float[] floats = new float[6 * SHORTS + random];
    for (int i = 0; i < SHORTS; i++) {
      float value = (float) decode.applyAsDouble(i);
      float next = (float) decode.applyAsDouble((i + 1) % SHORTS);
      float midpoint = (float) (0.5 * ((double) value + next));
      floats[6 * i] = value;
      floats[6 * i + 1] = Math.nextUp(value);
      floats[6 * i + 2] = Math.nextDown(value);
      floats[6 * i + 3] = midpoint;
      floats[6 * i + 4] = Math.nextUp(midpoint);
      floats[6 * i + 5] = Math.nextDown(midpoint);
    }
    SplittableRandom bits = new SplittableRandom(16);
    for (int i = 6 * SHORTS; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(bits.nextInt());
    }
    return floats;
  }
}
