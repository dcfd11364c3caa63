package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

/** Moves single tokens between activations, as a mixture of experts needs. */
public final class TokenRouting {
  private TokenRouting() {}

  /**
   * Copies token {@code tokens[i]} of {@code from} to token {@code i} of {@code to}, for all tokens
   * of {@code to}.
   *
   * @throws IllegalArgumentException if the features differ or {@code tokens} are too few
   */
  public static void gather(TokenTiles from, int[] tokens, TokenTiles to) {
    check(from, to, to.tokens(), tokens.length);
    for (int i = 0; i < to.tokens(); i++) {
      int src = start(from, tokens[i]);
      int dst = start(to, i);
      for (int f = 0; f < from.features(); f++) {
        to.data()[dst + f * LANES] = from.data()[src + f * LANES];
      }
    }
  }

  /**
   * Adds token {@code i} of {@code from}, multiplied by {@code weights[i]}, to token {@code
   * tokens[i]} of {@code to}, for all tokens of {@code from}.
   *
   * @throws IllegalArgumentException if the features differ or {@code tokens} are too few
   */
  public static void scatterAdd(TokenTiles from, int[] tokens, float[] weights, TokenTiles to) {
    check(from, to, from.tokens(), Math.min(tokens.length, weights.length));
    for (int i = 0; i < from.tokens(); i++) {
      int src = start(from, i);
      int dst = start(to, tokens[i]);
      for (int f = 0; f < from.features(); f++) {
        to.data()[dst + f * LANES] += from.data()[src + f * LANES] * weights[i];
      }
    }
  }

  private static void check(TokenTiles from, TokenTiles to, int needed, int given) {
    if (from.features() != to.features() || given < needed) {
      throw new IllegalArgumentException(
          "Cannot route "
              + needed
              + " tokens of "
              + from.features()
              + " features to "
              + given
              + " places of "
              + to.features());
    }
  }

  private static int start(TokenTiles x, int token) {
    if (token < 0 || token >= x.tokens()) {
      throw new IndexOutOfBoundsException("token " + token + " of " + x.tokens());
    }
    return x.base(token / LANES) + token % LANES;
  }
}
