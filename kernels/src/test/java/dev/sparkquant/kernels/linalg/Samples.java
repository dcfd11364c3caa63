package dev.sparkquant.kernels.linalg;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.Kernels;
import java.util.Arrays;
import java.util.Random;

/** Seeded inputs, and the implementations to compare. */
final class Samples {

  /** Unit roundoff of a float. */
  static final double U = 0x1p-24;

  private Samples() {}

  static LaneKernels scalar() {
    return Linalg.choose("scalar");
  }

  static LaneKernels vector() {
    return Linalg.choose("vector");
  }

  static float[] gaussian(long seed, int n) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Random activations; the padding holds NaN, which must not reach any token. */
  static TokenTiles activations(long seed, int features, int tokens) {
    TokenTiles x = empty(features, tokens);
    float[] values = gaussian(seed, features * tokens);
    for (int t = 0; t < tokens; t++) {
      x.setToken(t, values, t * features);
    }
    return x;
  }

  /** Activations that are NaN throughout. */
  static TokenTiles empty(int features, int tokens) {
    float[] data = new float[TokenTiles.floats(features, tokens)];
    Arrays.fill(data, Float.NaN);
    return TokenTiles.over(data, 0, features, tokens);
  }

  /** The tokens of {@code x} as bits, a token after the other, padding left out. */
  static int[] bits(TokenTiles x) {
    int[] bits = new int[x.features() * x.tokens()];
    for (int t = 0; t < x.tokens(); t++) {
      for (int f = 0; f < x.features(); f++) {
        bits[t * x.features() + f] = Float.floatToRawIntBits(x.get(f, t));
      }
    }
    return bits;
  }

  /** An F32 matrix of these values. */
  static EncodedRows weights(float[] values, int rows, int columns) {
    return weights(GgmlType.F32, values, rows, columns);
  }

  /** A matrix of these values, encoded to that type. */
  static EncodedRows weights(GgmlType type, float[] values, int rows, int columns) {
    byte[] bytes = new byte[Math.toIntExact(type.bytes((long) rows * columns))];
    Kernels.encoder(type).encode(values, 0, rows, columns, null, 0, bytes, 0);
    return new EncodedRows(bytes, 0, type, rows, columns);
  }
}
