package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 16, 16, 0",
    "33, 16, 24, 0",
    "150, 64, 64, 0",
    "150, 7, 5, 1",
    "150, 16, 16, 10",
    "150, 16, 16, 32",
    "150, 16, 16, 33",
    "150, 16, 16, 100",
    "150, 16, 16, 1000"
  })
  void weighsTheValuesASequenceMaySee(int tokens, int keyLength, int valueLength, int window) {
    AttentionShape shape = new AttentionShape(keyLength, valueLength, 0.25f, window);
    TokenTiles q = Samples.activations(1, 2 * keyLength, tokens);
    TokenTiles k = Samples.activations(2, 3 + keyLength, tokens);
    TokenTiles v = Samples.activations(3, 5 + valueLength, tokens);
    TokenTiles out = Samples.empty(1 + valueLength, tokens);
    Attention attention = new Attention(tokens);
    for (int tile = 0; tile < q.tiles(); tile++) {
      attention.head(shape, q, keyLength, k, 3, v, 5, out, 1, tile);
    }
    for (int t = 0; t < tokens; t++) {
      assertThat(out.get(0, t)).isNaN();
      assertHead(shape, q, k, v, out, t);
    }
  }

  private static void assertHead(
      AttentionShape shape, TokenTiles q, TokenTiles k, TokenTiles v, TokenTiles out, int t) {
    int first = shape.window() == 0 ? 0 : Math.max(0, t - shape.window() + 1);
    double[] p = new double[t + 1];
    double sum = 0;
    double scoreError = 0;
    for (int s = first; s <= t; s++) {
      double dot = 0;
      double magnitude = 0;
      for (int d = 0; d < shape.keyLength(); d++) {
        double term = (double) q.get(shape.keyLength() + d, t) * k.get(3 + d, s);
        dot += term;
        magnitude += Math.abs(term);
      }
      p[s] = Math.exp(shape.scale() * dot);
      sum += p[s];
      double error = (shape.keyLength() + 3) * Samples.U * shape.scale() * magnitude;
      scoreError = Math.max(scoreError, error);
    }
    // Scores and the greatest score may be off by this; then sums over keys, inverse, product.
    double unit = 2 * scoreError + 1e-7 + (2 * 32 + 2 * p.length / 32 + 3) * Samples.U;
    for (int d = 0; d < shape.valueLength(); d++) {
      double exact = 0;
      double magnitude = 0;
      for (int s = first; s <= t; s++) {
        exact += p[s] / sum * v.get(5 + d, s);
        magnitude += p[s] / sum * Math.abs(v.get(5 + d, s));
      }
      assertThat((double) out.get(1 + d, t))
          .as("feature %d of token %d", d, t)
          .isCloseTo(exact, within(2 * unit * magnitude));
    }
  }

  @Test
  void isTheSameForEveryImplementation() {
    AttentionShape shape = new AttentionShape(20, 18, 0.2f, 50);
    TokenTiles q = Samples.activations(4, 20, 100);
    TokenTiles k = Samples.activations(5, 20, 100);
    TokenTiles v = Samples.activations(6, 18, 100);
    TokenTiles expected = Samples.empty(18, 100);
    TokenTiles actual = Samples.empty(18, 100);
    Attention scalar = new Attention(100, Samples.scalar());
    Attention vector = new Attention(128, Samples.vector());
    for (int tile = 0; tile < 4; tile++) {
      scalar.head(shape, q, 0, k, 0, v, 0, expected, 0, tile);
      vector.head(shape, q, 0, k, 0, v, 0, actual, 0, tile);
    }
    assertThat(Samples.bits(actual)).isEqualTo(Samples.bits(expected));
  }

  @Test
  void refusesShapesThatDoNotFit() {
    AttentionShape shape = new AttentionShape(8, 8, 1f, 0);
    TokenTiles x = TokenTiles.allocate(8, 65);
    Attention attention = new Attention(64);
    assertThatThrownBy(() -> attention.head(shape, x, 0, x, 0, x, 0, x, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65 queries");
    TokenTiles y = TokenTiles.allocate(8, 64);
    assertThatThrownBy(() -> attention.head(shape, y, 0, y, 1, y, 0, y, 0, 0))
        .hasMessage("Cannot attend: a head of 8 features from 1 on is not inside 8");
    assertThatThrownBy(() -> new AttentionShape(8, 8, 0f, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
