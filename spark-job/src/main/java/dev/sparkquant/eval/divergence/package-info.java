/**
 * What a quantized model's predictions lose against the original's: KL divergence and the other
 * figures that {@code llama-perplexity --kl-divergence} prints, and its file of base logits.
 *
 * <p>Depends on {@link dev.sparkquant.eval.model} and {@link dev.sparkquant.kernels.linalg}; knows
 * no Spark.
 */
package dev.sparkquant.eval.divergence;
