package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private final TokenTiles a = Samples.activations(1, 11, 50);
  private final TokenTiles b = Samples.activations(2, 11, 50);
  private final TokenTiles y = Samples.empty(11, 50);

  @Test
  void addsAndMultiplies() {
    TokenTiles product = Samples.empty(11, 50);
    for (int tile = 0; tile < 2; tile++) {
      Elementwise.add(a, b, y, tile);
      Elementwise.multiply(a, b, product, tile);
    }
    forAll(
        (f, t) -> {
          assertThat(y.get(f, t)).isEqualTo(a.get(f, t) + b.get(f, t));
          assertThat(product.get(f, t)).isEqualTo(a.get(f, t) * b.get(f, t));
        });
  }

  @Test
  void addsABiasToEveryToken() {
    float[] bias = Samples.gaussian(3, 11);
    int[] before = Samples.bits(a);
    Elementwise.addBias(a, bias, 0);
    Elementwise.addBias(a, bias, 1);
    forAll(
        (f, t) ->
            assertThat(a.get(f, t)).isEqualTo(Float.intBitsToFloat(before[t * 11 + f]) + bias[f]));
  }

  @Test
  void gates() {
    TokenTiles gate = Samples.activations(1, 11, 50);
    Elementwise.siluMultiply(gate, b, 0);
    Elementwise.siluMultiply(gate, b, 1);
    TokenTiles up = Samples.activations(2, 11, 50);
    forAll(
        (f, t) -> {
          double g = a.get(f, t);
          double exact = g / (1 + Math.exp(-g)) * up.get(f, t);
          // The exponential's error, and half a unit each of sum, product and quotient.
          double unit = 1e-7 + 3 * Samples.U;
          assertThat((double) b.get(f, t)).isCloseTo(exact, within(unit * Math.abs(exact)));
        });
  }

  @Test
  void leavesOtherTilesAlone() {
    Elementwise.add(a, b, y, 1);
    assertThat(y.get(0, 31)).isNaN();
    assertThat(y.get(0, 32)).isEqualTo(a.get(0, 32) + b.get(0, 32));
  }

  @Test
  void refusesDifferentShapes() {
    assertThatThrownBy(() -> Elementwise.add(a, TokenTiles.allocate(11, 49), y, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot combine 11 x 50 activations with 11 x 49");
    assertThatThrownBy(() -> Elementwise.siluMultiply(a, TokenTiles.allocate(12, 50), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Elementwise.addBias(a, new float[10], 0))
        .hasMessage("Cannot add a bias of 10 to 11 features");
  }

  private interface Check {
    void at(int feature, int token);
  }

  private void forAll(Check check) {
    for (int t = 0; t < a.tokens(); t++) {
      for (int f = 0; f < a.features(); f++) {
        check.at(f, t);
      }
    }
  }
}
