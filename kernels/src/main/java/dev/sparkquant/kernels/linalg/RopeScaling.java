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

  /** YaRN (Peng et al. 2023) with llama.cpp's defaults for what a model leaves out. */
  public static RopeScaling yarn(float frequencyBase, float factor, int originalContext) {
    float scale = 1f / factor;
    float attention = yarnAttention(scale);
    return new RopeScaling(
        frequencyBase, scale, 1f, attention, BETA_FAST, BETA_SLOW, originalContext);
  }

  /**
   * The attention factor that llama.cpp ({@code llama_context}) gives to YaRN where a model has no
   * {@code yarn_log_multiplier}, to be multiplied by its {@code rope.scaling.attn_factor} if it has
   * one. It leaves cosines and sines multiplied by {@code 1 + 0.1 ln(1 / frequencyScale)}, or by 1
   * where nothing is stretched.
   */
  public static float yarnAttention(float frequencyScale) {
    float factor = 1f / frequencyScale;
    float magnitude = factor <= 1f ? 1f : 0.1f * log(factor) + 1f;
    return magnitude * (1f / (1f + 0.1f * log(factor)));
  }

  static float log(float x) {
    return (float) StrictMath.log(x);
  }
}
