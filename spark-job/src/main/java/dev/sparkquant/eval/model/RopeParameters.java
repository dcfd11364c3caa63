package dev.sparkquant.eval.model;

/**
 * How far rotary position embedding turns each pair of elements at each position.
 *
 * @param dimensions elements of a head that are rotated, the first ones
 * @param base the wavelengths grow geometrically from 2π to about 2π times this
 * @param scale positions are multiplied by it: 1 / the context's extension
 * @param yarnMix 1 where YaRN leaves short wavelengths unscaled, else 0
 * @param magnitude factor on the rotated elements, before YaRN's own
 * @param originalContext the context that the model was trained with, for YaRN
 */
public record RopeParameters(
    RopePairing pairing,
    int dimensions,
    float base,
    float scale,
    float yarnMix,
    float magnitude,
    int originalContext) {
  /** Rotations over the original context from which on YaRN leaves a pair alone. */
  public static final float YARN_BETA_FAST = 32;

  /** Rotations over the original context up to which YaRN scales a pair wholly. */
  public static final float YARN_BETA_SLOW = 1;

  private static final float DEFAULT_BASE = 10000;

  /** Reads them as {@code llama_model::load_hparams} and {@code llama_context} do. */
  static RopeParameters read(
      ArchitectureKeys keys, RopePairing pairing, int headLength, int contextLength) {
    String scaling = keys.text("rope.scaling.type", "linear");
    float factor =
        (float)
            keys.optionalNumber("rope.scaling.factor")
                .orElseGet(() -> keys.optionalNumber("rope.scale_linear").orElse(0));
    boolean yarn = scaling.equals("yarn");
    if (!yarn && !scaling.equals("linear") && !scaling.equals("none")) {
      throw new ModelException(
          keys.model(),
          String.format(
              "its rope scaling is '%s', but only linear, yarn and none can be evaluated",
              scaling));
    }
    float scale = factor == 0 || scaling.equals("none") ? 1 : 1 / factor;
    float magnitude = (float) keys.optionalNumber("rope.scaling.attn_factor").orElse(1);
    return new RopeParameters(
        pairing,
        keys.optionalSize("rope.dimension_count").orElse(headLength),
        (float) keys.optionalNumber("rope.freq_base").orElse(DEFAULT_BASE),
        scale,
        yarn ? 1 : 0,
        yarn ? magnitude * yarnCorrection(1 / scale) : magnitude,
        keys.optionalSize("rope.scaling.original_context_length").orElse(contextLength));
  }

  /**
   * What makes the magnitude that YaRN multiplies in by itself, 1 + ln(factor) / 10, what it should
   * be: that for contexts made longer, and 1 for contexts made shorter.
   */
  private static float yarnCorrection(float factor) {
    float own = 1 + 0.1f * (float) Math.log(factor);
    return factor <= 1 ? 1 / own : 1;
  }
}
