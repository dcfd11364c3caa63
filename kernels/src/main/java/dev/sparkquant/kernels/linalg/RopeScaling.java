package dev.sparkquant.kernels.linalg;

/**
 * How rotary positions are stretched to a longer context: the parameters of {@code ggml_rope_ext}.
 *
 * @param frequencyBase the base of the frequencies, such as 10000
 * @param frequencyScale what interpolated angles are multiplied by: 1 / the factor of linear or
 *     YaRN scaling
 * @param extrapolation how far YaRN mixes in angles that are not interpolated: 0 for none (linear
 *     scaling), 1 for YaRN
 * @param attention what cosines and sines are multiplied by; with YaRN in addition to {@code 1 +
 *     0.1 ln(1 / frequencyScale)}
 * @param betaFast turns over the original context above which YaRN does not interpolate
 * @param betaSlow turns over the original context below which YaRN interpolates only
 * @param originalContext tokens of the context before stretching
 */
public record RopeScaling(
    float frequencyBase,
    float frequencyScale,
    float extrapolation,
    float attention,
    float betaFast,
    float betaSlow,
    int originalContext) {

  private static final float BETA_FAST = 32f;
  private static final float BETA_SLOW = 1f;

  /** Checks that the frequencies are positive, and the original context where it counts. */
  public RopeScaling {
    if (!(frequencyBase > 0)
        || !(frequencyScale > 0)
        || extrapolation != 0 && originalContext <= 0) {
      throw new IllegalArgumentException(
          "Cannot rotate with frequency base "
              + frequencyBase
              + ", scale "
              + frequencyScale
              + ", original context "
              + originalContext);
    }
  }

  /** Positions as trained. */
  public static RopeScaling none(float frequencyBase) {
    return linear(frequencyBase, 1f);
  }

  /** All angles divided by {@code factor}. */
  public static RopeScaling linear(float frequencyBase, float factor) {
    return new RopeScaling(frequencyBase, 1f / factor, 0f, 1f, BETA_FAST, BETA_SLOW, 0);
  }

  /**
   * YaRN (Peng et al. 2023) with llama.cpp's defaults for what a model leaves out.
   *
   * @param logMultiplier {@code rope.scaling.yarn_log_multiplier}, 0 if the model has none
   */
  public static RopeScaling yarn(
      float frequencyBase, float factor, int originalContext, float logMultiplier) {
    float scale = 1f / factor;
    return new RopeScaling(
        frequencyBase,
        scale,
        1f,
        yarnAttention(scale, logMultiplier),
        BETA_FAST,
        BETA_SLOW,
        originalContext);
  }

  /**
   * The attention factor that llama.cpp gives to YaRN, times a model's {@code
   * rope.scaling.attn_factor} if it has one: what cosines and sines end up with is {@code m(1)}, or
   * {@code m(1) / m(logMultiplier)} where that is not 0, with {@code m(x) = 1 + 0.1 x ln(1 /
   * frequencyScale)}; {@code llama_context}.
   */
  public static float yarnAttention(float frequencyScale, float logMultiplier) {
    float factor = 1f / frequencyScale;
    float magnitude = magnitude(factor, 1f);
    if (logMultiplier != 0f) {
      magnitude /= magnitude(factor, logMultiplier);
    }
    return magnitude * (1f / (1f + 0.1f * log(factor)));
  }

  private static float magnitude(float factor, float multiplier) {
    return factor <= 1f ? 1f : 0.1f * multiplier * log(factor) + 1f;
  }

  static float log(float x) {
    return (float) StrictMath.log(x);
  }
}
