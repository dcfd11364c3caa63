package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenTilesTest {

  @Test
  void placesTokensOfATileNextToEachOther() {
    float[] data = new float[TokenTiles.floats(3, 40) + 2];
    TokenTiles x = TokenTiles.over(data, 2, 3, 40);
    x.set(2, 33, 7f);
    assertThat(data[2 + (1 * 3 + 2) * 32 + 1]).isEqualTo(7f);
    assertThat(x.tiles()).isEqualTo(2);
    assertThat(x.tokensOf(0)).isEqualTo(32);
    assertThat(x.tokensOf(1)).isEqualTo(8);
  }

  @Test
  void returnsRowsAsTheyWereSet() {
    int features = 150;
    float[] values = Samples.gaussian(1, features * 40);
    TokenTiles x = Samples.empty(features, 40);
    for (int t = 0; t < 40; t++) {
      x.setToken(t, values, t * features);
    }
    float[] rows = new float[values.length];
    x.copyRows(0, rows, 0);
    x.copyRows(1, rows, 32 * features);
    assertThat(rows).isEqualTo(values);
    assertThat(x.get(149, 39)).isEqualTo(values[39 * features + 149]);
  }

  @Test
  void viewsSomeTokens() {
    TokenTiles x = Samples.activations(2, 4, 100);
    TokenTiles part = x.slice(64, 20);
    assertThat(part.tokens()).isEqualTo(20);
    assertThat(part.get(3, 19)).isEqualTo(x.get(3, 83));
    part.set(0, 0, 5f);
    assertThat(x.get(0, 64)).isEqualTo(5f);
  }

  @Test
  void refusesWhatIsOutside() {
    TokenTiles x = TokenTiles.allocate(4, 100);
    assertThatThrownBy(() -> x.slice(16, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.slice(96, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> x.get(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> x.get(0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TokenTiles.floats(1 << 20, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenTiles.over(new float[127], 0, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot place 128 floats at 0 of an array of 127");
  }
}
