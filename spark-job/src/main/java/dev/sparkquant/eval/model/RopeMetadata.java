package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeScaling;

/** Reads how a model's rotary positions are scaled. */
final class RopeMetadata {
  private static final float DEFAULT_BASE = 10000;

  private RopeMetadata() {}

  /**
   * Reads it as {@code llama_model::load_hparams} and {@code llama_context} do for the
   * architectures known here, whose {@code yarn_*} keys they leave unread.
   *
   * @param contextLength tokens that the model was trained with, where nothing else is stated
   * @throws ModelException if the kind of scaling is not known
   */
  static RopeScaling read(ArchitectureKeys keys, int contextLength) {
    float base = (float) keys.optionalNumber("rope.freq_base").orElse(DEFAULT_BASE);
    float factor =
        (float)
            keys.optionalNumber("rope.scaling.factor")
                .orElseGet(() -> keys.optionalNumber("rope.scale_linear").orElse(0));
    int original = keys.optionalSize("rope.scaling.original_context_length").orElse(contextLength);
    String kind = keys.text("rope.scaling.type", "linear");
    if (!(base > 0) || factor < 0) {
      throw new ModelException(
          keys.model(),
          String.format("rope base %s and scaling factor %s are out of range", base, factor));
    }
    float stretch = factor == 0 ? 1 : factor;
    RopeScaling scaling =
        switch (kind) {
          case "none" -> RopeScaling.none(base);
          case "linear" -> RopeScaling.linear(base, stretch);
          case "yarn" -> RopeScaling.yarn(base, stretch, original, 0);
          default ->
              throw new ModelException(
                  keys.model(),
                  String.format(
                      "its rope scaling is '%s', but only linear, yarn and none can be evaluated",
                      kind));
        };
    return amplified(scaling, (float) keys.optionalNumber("rope.scaling.attn_factor").orElse(1));
  }

  private static RopeScaling amplified(RopeScaling scaling, float factor) {
    return new RopeScaling(
        scaling.frequencyBase(),
        scaling.frequencyScale(),
        scaling.extrapolation(),
        scaling.attention() * factor,
        scaling.betaFast(),
        scaling.betaSlow(),
        scaling.originalContext());
  }
}
