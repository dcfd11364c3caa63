package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RmsNormTest {
  private static final float EPSILON = 1e-5f;

  @Test
  void dividesByTheRootOfTheMeanSquare() {
    int features = 200;
    TokenTiles x = Samples.activations(1, features, 40);
    float[] weight = Samples.gaussian(2, features);
    TokenTiles y = Samples.empty(features, 40);
    RmsNorm norm = new RmsNorm();
    norm.apply(x, weight, EPSILON, y, 0);
    norm.apply(x, weight, EPSILON, y, 1);
    for (int t = 0; t < 40; t++) {
      double sum = 0;
      for (int f = 0; f < features; f++) {
        sum += (double) x.get(f, t) * x.get(f, t);
      }
      double scale = 1 / Math.sqrt(sum / features + EPSILON);
      for (int f = 0; f < features; f++) {
        double exact = x.get(f, t) * scale * weight[f];
        // Half a unit each of square, mean and sum under the root; one each of root, inverse,
        // product.
        assertThat((double) y.get(f, t)).isCloseTo(exact, within(6 * Samples.U * Math.abs(exact)));
      }
    }
  }

  @Test
  void normsOneHeadInPlace() {
    TokenTiles x = Samples.activations(3, 24, 20);
    TokenTiles head = TokenTiles.allocate(8, 20);
    int[] before = Samples.bits(x);
    float[] weight = Samples.gaussian(4, 8);
    for (int t = 0; t < 20; t++) {
      for (int f = 0; f < 8; f++) {
        head.set(f, t, x.get(16 + f, t));
      }
    }
    RmsNorm norm = new RmsNorm();
    norm.apply(head, weight, EPSILON, head, 0);
    norm.apply(x, 16, weight, EPSILON, x, 0);
    for (int t = 0; t < 20; t++) {
      for (int f = 0; f < 24; f++) {
        float expected = f < 16 ? Float.intBitsToFloat(before[t * 24 + f]) : head.get(f - 16, t);
        assertThat(x.get(f, t)).isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    TokenTiles x = TokenTiles.allocate(8, 3);
    RmsNorm norm = new RmsNorm();
    assertThatThrownBy(() -> norm.apply(x, new float[8], EPSILON, TokenTiles.allocate(8, 4), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> norm.apply(x, 4, new float[5], EPSILON, x, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot norm 5 features from 4 on: there are 8 and 8");
  }
}
