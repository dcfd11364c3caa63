package dev.sparkquant.eval.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkquant.kernels.linalg.TokenTiles;
import org.junit.jupiter.api.Test;

class RoutingTest {

  private static TokenTiles logits(float[]... rows) {
    TokenTiles tiles = TokenTiles.allocate(rows[0].length, rows.length);
    for (int token = 0; token < rows.length; token++) {
      tiles.setToken(token, rows[token], 0);
    }
    return tiles;
  }

  @Test
  void tokensGoToTheLikeliestExpertsWithWeightsThatSumToOne() {
    Routing routing = new Routing(logits(new float[] {1, 3, 2, 0}, new float[] {5, 1, 2, 4}), 2);

    assertThat(routing.tokens(0)).containsExactly(1);
    assertThat(routing.tokens(1)).containsExactly(0);
    assertThat(routing.tokens(2)).containsExactly(0);
    assertThat(routing.tokens(3)).containsExactly(1);
    float larger = (float) (1 / (1 + Math.exp(-1)));
    assertThat(routing.weights(1)[0]).isCloseTo(larger, within(1e-6f));
    assertThat(routing.weights(2)[0]).isCloseTo(1 - larger, within(1e-6f));
    assertThat(routing.weights(0)[0]).isCloseTo(larger, within(1e-6f));
    assertThat(routing.weights(3)[0]).isCloseTo(1 - larger, within(1e-6f));
  }

  @Test
  void equallyLikelyExpertsAreTakenInOrder() {
    Routing routing = new Routing(logits(new float[] {7, 7, 7}), 2);

    assertThat(routing.tokens(0)).containsExactly(0);
    assertThat(routing.tokens(1)).containsExactly(0);
    assertThat(routing.tokens(2)).isEmpty();
    assertThat(routing.weights(1)).containsExactly(0.5f);
  }

  @Test
  void unlikelyExpertsStillCount() {
    Routing routing = new Routing(logits(new float[] {0, -200, -300}), 3);

    assertThat(routing.weights(0)).containsExactly(1f);
    assertThat(routing.weights(1)).containsExactly(0f);
    assertThat(routing.weights(2)).containsExactly(0f);
  }

  @Test
  void everyTokenOfSeveralTilesIsRouted() {
    float[][] rows = new float[70][3];
    for (int token = 0; token < rows.length; token++) {
      rows[token][token % 3] = 1;
    }
    Routing routing = new Routing(logits(rows), 1);

    assertThat(routing.tokens(0)).hasSize(24).startsWith(0, 3).endsWith(66, 69);
    assertThat(routing.tokens(1)).hasSize(23).contains(34);
    assertThat(routing.tokens(2)).hasSize(23).contains(32, 65);
  }
}
