package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;

/**
 * Root-mean-square norm: {@code y = x / sqrt(mean(x^2) + epsilon) * weight}.
 *
 * <p>In ggml's order ({@code ggml_rms_norm}, then {@code ggml_mul}): squares are floats, their sum
 * a double in the order of features, the mean a float, and {@code x} is multiplied first by the
 * inverse root, then by the weight.
 *
 * <p>An instance belongs to one thread.
 */
public final class RmsNorm {
  private final double[] sums = new double[LANES];
  private final float[] scales = new float[LANES];

  /**
   * Norms all features of a tile.
   *
   * @param weight a float a feature
   * @param y features and tokens of {@code x}; may be {@code x}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public void apply(TokenTiles x, float[] weight, float epsilon, TokenTiles y, int tile) {
    if (x.features() != y.features() || x.tokens() != y.tokens()) {
      throw new IllegalArgumentException(
          "Cannot norm "
              + x.features()
              + " x "
              + x.tokens()
              + " activations into "
              + y.features()
              + " x "
              + y.tokens());
    }
    apply(x, 0, weight, epsilon, y, tile);
  }

  /**
   * Norms {@code weight.length} features from {@code feature} on, such as one attention head's.
   *
   * @param y may be {@code x}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public void apply(
      TokenTiles x, int feature, float[] weight, float epsilon, TokenTiles y, int tile) {
    int n = weight.length;
    if (n > x.features() - feature || n > y.features() - feature) {
      throw new IllegalArgumentException(
          "Cannot norm "
              + n
              + " features from "
              + feature
              + " on: there are "
              + x.features()
              + " and "
              + y.features());
    }
    int from = x.base(tile) + feature * LANES;
    int to = y.base(tile) + feature * LANES;
    scale(x.data(), from, n, epsilon);
    float[] src = x.data();
    float[] dst = y.data();
    for (int f = 0; f < n; f++) {
      for (int l = 0; l < LANES; l++) {
        dst[to + f * LANES + l] = src[from + f * LANES + l] * scales[l] * weight[f];
      }
    }
  }

  private void scale(float[] x, int from, int n, float epsilon) {
    Arrays.fill(sums, 0);
    for (int f = 0; f < n; f++) {
      for (int l = 0; l < LANES; l++) {
        float value = x[from + f * LANES + l];
        sums[l] += value * value;
      }
    }
    for (int l = 0; l < LANES; l++) {
      float mean = (float) (sums[l] / n);
      scales[l] = 1f / (float) Math.sqrt(mean + epsilon);
    }
  }
}
