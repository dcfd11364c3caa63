package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneSoftmaxTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100})
  void givesProbabilities(int features) {
    TokenTiles x = Samples.activations(features, features, 40);
    double[][] exact = new double[40][];
    for (int t = 0; t < 40; t++) {
      exact[t] = softmax(x, t, 0.7);
    }
    LaneSoftmax softmax = new LaneSoftmax();
    softmax.apply(x, 0.7f, 0);
    softmax.apply(x, 0.7f, 1);
    // Differences of at most 10 and their products, the exponential, the sum, inverse and product.
    double unit = 20 * Samples.U + 2e-7 + (32 + features / 32 + 3) * Samples.U;
    for (int t = 0; t < 40; t++) {
      for (int f = 0; f < features; f++) {
        assertThat((double) x.get(f, t)).isCloseTo(exact[t][f], within(unit * exact[t][f]));
      }
    }
  }

  private static double[] softmax(TokenTiles x, int token, double scale) {
    double[] e = new double[x.features()];
    double sum = 0;
    for (int f = 0; f < e.length; f++) {
      e[f] = Math.exp(scale * x.get(f, token));
      sum += e[f];
    }
    for (int f = 0; f < e.length; f++) {
      e[f] /= sum;
    }
    return e;
  }

  @Test
  void ignoresWhatIsMinusInfinity() {
    TokenTiles x = TokenTiles.allocate(3, 1);
    x.setToken(0, new float[] {1f, Float.NEGATIVE_INFINITY, 1f}, 0);
    new LaneSoftmax().apply(x, 1f, 0);
    assertThat(x.get(0, 0)).isEqualTo(0.5f);
    assertThat(x.get(1, 0)).isZero();
    assertThat(x.get(2, 0)).isEqualTo(0.5f);
  }
}
