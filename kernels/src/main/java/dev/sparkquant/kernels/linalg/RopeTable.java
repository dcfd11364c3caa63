package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

/**
 * Cosines and sines of rotary position embedding for positions 0 to n - 1.
 *
 * <p>Pair {@code i} of {@code dimensions / 2} turns by {@code position * base^(-2 i / dimensions) /
 * factor_i}, stretched as {@link RopeScaling} says. Angles are floats and go from pair to pair by
 * multiplication as in {@code ggml_rope_cache_init} and {@code ggml_rope_yarn}, so they carry the
 * same rounding; logarithm, power, cosine and sine are {@link StrictMath}'s, the same everywhere.
 *
 * <p>Immutable; may be shared between threads.
 */
public final class RopeTable {
  private final int dimensions;
  private final TokenTiles cosines;
  private final TokenTiles sines;

  /**
   * The table of {@code positions} positions.
   *
   * @param dimensions features of a head that turn, even
   * @param factors what the angle of each pair is divided by ({@code rope_freqs.weight}), {@code
   *     dimensions / 2} or more; null for none
   * @throws IllegalArgumentException if the dimensions are odd or the factors too few
   */
  public RopeTable(int dimensions, int positions, RopeScaling scaling, float[] factors) {
    if (dimensions <= 0
        || dimensions % 2 != 0
        || factors != null && factors.length < dimensions / 2) {
      throw new IllegalArgumentException(
          "Cannot rotate "
              + dimensions
              + " dimensions"
              + (factors == null ? "" : " with " + factors.length + " frequency factors"));
    }
    this.dimensions = dimensions;
    cosines = TokenTiles.allocate(dimensions / 2, positions);
    sines = TokenTiles.allocate(dimensions / 2, positions);
    fill(scaling, factors);
  }

  private void fill(RopeScaling scaling, float[] factors) {
    float step = (float) StrictMath.pow(scaling.frequencyBase(), -2f / dimensions);
    float magnitude = scaling.attention();
    float[] extrapolated = new float[dimensions / 2];
    if (scaling.extrapolation() != 0f) {
      magnitude *= 1f + 0.1f * RopeScaling.log(1f / scaling.frequencyScale());
      extrapolated = extrapolated(scaling);
    }
    for (int position = 0; position < cosines.tokens(); position++) {
      float angle = position;
      for (int pair = 0; pair < dimensions / 2; pair++) {
        float trained = factors == null ? angle : angle / factors[pair];
        float interpolated = scaling.frequencyScale() * trained;
        float mix = extrapolated[pair];
        float turn = mix == 0f ? interpolated : interpolated * (1f - mix) + trained * mix;
        cosines.set(pair, position, (float) StrictMath.cos(turn) * magnitude);
        sines.set(pair, position, (float) StrictMath.sin(turn) * magnitude);
        angle *= step;
      }
    }
  }

  /** For each pair, the share of its angle that is not interpolated. */
  private float[] extrapolated(RopeScaling scaling) {
    float fast = (float) Math.floor(pairOfTurns(scaling, scaling.betaFast()));
    float slow = (float) Math.ceil(pairOfTurns(scaling, scaling.betaSlow()));
    float low = Math.max(0f, fast);
    float high = Math.min(dimensions - 1f, slow);
    float[] shares = new float[dimensions / 2];
    for (int pair = 0; pair < shares.length; pair++) {
      float ramp = (pair - low) / Math.max(0.001f, high - low);
      shares[pair] = (1f - Math.min(1f, Math.max(0f, ramp))) * scaling.extrapolation();
    }
    return shares;
  }

  /** The pair, as a real number, that turns so often over the original context. */
  private float pairOfTurns(RopeScaling scaling, float turns) {
    float wavelengths = scaling.originalContext() / (turns * 2f * (float) Math.PI);
    return dimensions
        * RopeScaling.log(wavelengths)
        / (2f * RopeScaling.log(scaling.frequencyBase()));
  }

  /**
   * Turns one head of all tokens of a tile in place: {@code (a, b)} becomes {@code (a cos - b sin,
   * a sin + b cos)} for every pair; features beyond the dimensions stay.
   *
   * @param feature where the head starts
   * @param tile the tile of {@code x}
   * @param positionTile the tile's first position / 32
   * @throws IllegalArgumentException if the head or the positions are out of range
   */
  public void apply(RopeStyle style, TokenTiles x, int feature, int tile, int positionTile) {
    if (feature < 0
        || dimensions > x.features() - feature
        || positionTile < 0
        || positionTile >= cosines.tiles()) {
      throw new IllegalArgumentException(
          "Cannot rotate "
              + dimensions
              + " features from "
              + feature
              + " on of "
              + x.features()
              + " at position "
              + (long) positionTile * LANES
              + " of "
              + cosines.tokens());
    }
    int pairs = dimensions / 2;
    int from = x.base(tile) + feature * LANES;
    int angles = cosines.base(positionTile);
    for (int pair = 0; pair < pairs; pair++) {
      int first = style == RopeStyle.NORM ? 2 * pair : pair;
      int second = style == RopeStyle.NORM ? 2 * pair + 1 : pair + pairs;
      turn(x.data(), from + first * LANES, from + second * LANES, angles + pair * LANES);
    }
  }

  private void turn(float[] data, int first, int second, int angle) {
    float[] cosine = cosines.data();
    float[] sine = sines.data();
    for (int l = 0; l < LANES; l++) {
      float a = data[first + l];
      float b = data[second + l];
      data[first + l] = a * cosine[angle + l] - b * sine[angle + l];
      data[second + l] = a * sine[angle + l] + b * cosine[angle + l];
    }
  }
}
