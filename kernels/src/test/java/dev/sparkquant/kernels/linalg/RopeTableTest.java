package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RopeTableTest {
  private static final int DIMENSIONS = 16;
  private static final int POSITIONS = 300;
  private static final float BASE = 10000f;

  @ParameterizedTest
  @EnumSource(RopeStyle.class)
  void turnsPairsByPositionAndFrequency(RopeStyle style) {
    RopeTable table = new RopeTable(DIMENSIONS, POSITIONS, RopeScaling.none(BASE), null);
    assertTurned(table, style, pair -> frequency(pair), 1);
  }

  @Test
  void dividesFrequenciesByFactors() {
    float[] factors = {1f, 1f, 1.5f, 2f, 4f, 8f, 8f, 8f};
    RopeTable table = new RopeTable(DIMENSIONS, POSITIONS, RopeScaling.none(BASE), factors);
    assertTurned(table, RopeStyle.NORM, pair -> frequency(pair) / factors[pair], 1);
  }

  @Test
  void stretchesAllFrequenciesAlike() {
    RopeTable table = new RopeTable(DIMENSIONS, POSITIONS, RopeScaling.linear(BASE, 4f), null);
    assertTurned(table, RopeStyle.NEOX, pair -> frequency(pair) / 4, 1);
  }

  /** YaRN as its paper has it: what turns over 32 times is kept, below 1 interpolated. */
  @Test
  void stretchesSlowFrequenciesOnlyWithYarn() {
    int context = 2048;
    double fast = Math.floor(pairOfTurns(32, context));
    double slow = Math.ceil(pairOfTurns(1, context));
    assertThat(fast).isEqualTo(2);
    assertThat(slow).isEqualTo(6);
    IntToDoubleFunction frequency =
        pair -> {
          double kept = 1 - Math.min(1, Math.max(0, (pair - fast) / (slow - fast)));
          return frequency(pair) * (kept + (1 - kept) / 8);
        };
    double magnitude = 1 + 0.1 * Math.log(8);
    RopeScaling scaling = RopeScaling.yarn(BASE, 8f, context, 0f);
    RopeTable table = new RopeTable(DIMENSIONS, POSITIONS, scaling, null);
    assertTurned(table, RopeStyle.NORM, frequency, magnitude);

    RopeScaling multiplied = RopeScaling.yarn(BASE, 8f, context, 1f);
    table = new RopeTable(DIMENSIONS, POSITIONS, multiplied, null);
    assertTurned(table, RopeStyle.NORM, frequency, 1);
  }

  private static double frequency(int pair) {
    return Math.pow(BASE, -2.0 * pair / DIMENSIONS);
  }

  private static double pairOfTurns(double turns, int context) {
    return DIMENSIONS * Math.log(context / (turns * 2 * Math.PI)) / (2 * Math.log(BASE));
  }

  private static void assertTurned(
      RopeTable table, RopeStyle style, IntToDoubleFunction frequency, double magnitude) {
    int feature = 3;
    TokenTiles x = Samples.activations(1, feature + DIMENSIONS + 2, 40);
    TokenTiles y = Samples.activations(1, feature + DIMENSIONS + 2, 40);
    int firstTile = 7;
    table.apply(style, y, feature, 0, firstTile);
    table.apply(style, y, feature, 1, firstTile + 1);
    for (int t = 0; t < 40; t++) {
      int position = firstTile * TokenTiles.LANES + t;
      for (int pair = 0; pair < DIMENSIONS / 2; pair++) {
        int first = feature + (style == RopeStyle.NORM ? 2 * pair : pair);
        int second = feature + (style == RopeStyle.NORM ? 2 * pair + 1 : pair + DIMENSIONS / 2);
        double angle = position * frequency.applyAsDouble(pair);
        double a = x.get(first, t);
        double b = x.get(second, t);
        // The angle is a product of pair + 1 rounded factors, then scaled and mixed.
        double unit = angle * (2 * pair + 6) * Samples.U + 8 * Samples.U;
        double bound = unit * magnitude * (Math.abs(a) + Math.abs(b));
        assertThat((double) y.get(first, t))
            .as("%s, pair %d, position %d", style, pair, position)
            .isCloseTo(magnitude * (a * Math.cos(angle) - b * Math.sin(angle)), within(bound));
        assertThat((double) y.get(second, t))
            .as("%s, pair %d, position %d", style, pair, position)
            .isCloseTo(magnitude * (a * Math.sin(angle) + b * Math.cos(angle)), within(bound));
      }
      for (int f : new int[] {0, 1, 2, feature + DIMENSIONS, feature + DIMENSIONS + 1}) {
        assertThat(y.get(f, t)).isEqualTo(x.get(f, t));
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new RopeTable(7, 10, RopeScaling.none(BASE), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot rotate 7 dimensions");
    assertThatThrownBy(() -> new RopeTable(8, 10, RopeScaling.none(BASE), new float[3]))
        .hasMessage("Cannot rotate 8 dimensions with 3 frequency factors");
    assertThatThrownBy(() -> RopeScaling.yarn(BASE, 2f, 0, 0f))
        .isInstanceOf(IllegalArgumentException.class);
    RopeTable table = new RopeTable(8, 40, RopeScaling.none(BASE), null);
    TokenTiles x = TokenTiles.allocate(8, 40);
    assertThatThrownBy(() -> table.apply(RopeStyle.NORM, x, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.apply(RopeStyle.NORM, x, 0, 0, 2))
        .hasMessage("Cannot rotate 8 features from 0 on of 8 at position 64 of 40");
  }
}
