package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

/**
 * Sums and products of activations, element by element, a tile at a time.
 *
 * <p>All operands have the same features and tokens; a sum or product may replace an operand.
 */
public final class Elementwise {
  private Elementwise() {}

  /**
   * {@code y = a + b}.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void add(TokenTiles a, TokenTiles b, TokenTiles y, int tile) {
    check(a, b);
    check(a, y);
    float[] left = a.data();
    float[] right = b.data();
    float[] dst = y.data();
    int i = a.base(tile);
    int j = b.base(tile);
    int to = y.base(tile);
    int n = a.features() * LANES;
    for (int e = 0; e < n; e++) {
      dst[to + e] = left[i + e] + right[j + e];
    }
  }

  /**
   * {@code y = a * b}.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void multiply(TokenTiles a, TokenTiles b, TokenTiles y, int tile) {
    check(a, b);
    check(a, y);
    float[] left = a.data();
    float[] right = b.data();
    float[] dst = y.data();
    int i = a.base(tile);
    int j = b.base(tile);
    int to = y.base(tile);
    int n = a.features() * LANES;
    for (int e = 0; e < n; e++) {
      dst[to + e] = left[i + e] * right[j + e];
    }
  }

  /**
   * {@code x = x + bias} for every token.
   *
   * @param bias a float a feature
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void addBias(TokenTiles x, float[] bias, int tile) {
    if (bias.length != x.features()) {
      throw new IllegalArgumentException(
          "Cannot add a bias of " + bias.length + " to " + x.features() + " features");
    }
    float[] data = x.data();
    int at = x.base(tile);
    for (int f = 0; f < bias.length; f++) {
      for (int l = 0; l < LANES; l++) {
        data[at + f * LANES + l] += bias[f];
      }
    }
  }

  /**
   * {@code up = silu(gate) * up}, where {@code silu(g) = g / (1 + exp(-g))}; computed as {@code
   * gate * up / (1 + exp(-gate))}. The tile of {@code gate} is used up.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void siluMultiply(TokenTiles gate, TokenTiles up, int tile) {
    siluMultiply(Linalg.LANES, gate, up, tile);
  }

  static void siluMultiply(LaneKernels lanes, TokenTiles gate, TokenTiles up, int tile) {
    check(gate, up);
    lanes.siluMultiply(
        gate.data(), gate.base(tile), up.data(), up.base(tile), gate.features() * LANES);
  }

  private static void check(TokenTiles a, TokenTiles b) {
    if (a.features() != b.features() || a.tokens() != b.tokens()) {
      throw new IllegalArgumentException(
          "Cannot combine "
              + a.features()
              + " x "
              + a.tokens()
              + " activations with "
              + b.features()
              + " x "
              + b.tokens());
    }
  }
}
