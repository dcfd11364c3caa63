package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenRoutingTest {

  @Test
  void gathersAndScattersTokens() {
    TokenTiles x = Samples.activations(1, 9, 70);
    int[] tokens = {69, 0, 31, 32, 5};
    float[] weights = {0.5f, 1f, 2f, 0.25f, 3f};
    TokenTiles part = Samples.empty(9, 5);
    TokenRouting.gather(x, tokens, part);
    TokenTiles sum = TokenTiles.allocate(9, 70);
    TokenRouting.scatterAdd(part, tokens, weights, sum);
    TokenRouting.scatterAdd(part, tokens, weights, sum);
    for (int f = 0; f < 9; f++) {
      for (int i = 0; i < tokens.length; i++) {
        float value = x.get(f, tokens[i]);
        assertThat(part.get(f, i)).isEqualTo(value);
        assertThat(sum.get(f, tokens[i])).isEqualTo(value * weights[i] + value * weights[i]);
      }
      assertThat(sum.get(f, 6)).isZero();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    TokenTiles x = TokenTiles.allocate(9, 70);
    TokenTiles part = TokenTiles.allocate(9, 2);
    assertThatThrownBy(() -> TokenRouting.gather(x, new int[] {1}, part))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenRouting.gather(x, new int[] {1, 70}, part))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("token 70 of 70");
    assertThatThrownBy(() -> TokenRouting.scatterAdd(part, new int[] {1, 2}, new float[1], x))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
