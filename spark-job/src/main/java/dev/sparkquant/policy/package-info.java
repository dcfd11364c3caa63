/**
 * Which type every tensor of a model gets: the mixtures of {@code llama-quantize}, its options, and
 * schemes written as YAML files.
 *
 * <p>Pure functions of a model's header; nothing here reads tensor data. Depends on {@link
 * dev.sparkquant.gguf} and SnakeYAML only; knows no Spark.
 */
package dev.sparkquant.policy;
