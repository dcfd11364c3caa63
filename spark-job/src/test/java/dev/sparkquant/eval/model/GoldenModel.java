package dev.sparkquant.eval.model;

import java.util.Random;

/** The models whose logits {@code golden-logits.txt} records. */
enum GoldenModel {
  LLAMA,
  LLAMA_BIASES_FACTORS,
  LLAMA_LINEAR,
  LLAMA_YARN,
  LLAMA_SLIDING_WINDOW,
  MIXTRAL,
  QWEN2,
  QWEN3,
  QWEN3MOE;

  /** Tokens evaluated: more than two tiles of them. */
  static final int TOKENS = 72;

  /** The model, the same one each time. */
  TinyModel create() {
    return switch (this) {
      case LLAMA -> TinyModel.llama(1);
      case LLAMA_BIASES_FACTORS -> TinyModel.llamaWithBiasesAndFactors(2);
      case LLAMA_LINEAR -> TinyModel.llamaWithScaling(3, "linear", 4);
      case LLAMA_YARN -> TinyModel.llamaWithScaling(4, "yarn", 4);
      case LLAMA_SLIDING_WINDOW -> TinyModel.llama(5).size("attention.sliding_window", 8);
      case MIXTRAL -> TinyModel.mixtral(6);
      case QWEN2 -> TinyModel.qwen2(7);
      case QWEN3 -> TinyModel.qwen3(8);
      case QWEN3MOE -> TinyModel.qwen3Moe(9);
    };
  }

  /** What it is given. */
  static int[] tokens() {
    return new Random(42).ints(TOKENS, 2, TinyModel.VOCABULARY).toArray();
  }
}
