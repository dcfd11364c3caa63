/**
 * Forward passes of decoder-only language models straight from GGUF files: several models at once,
 * layer by layer, with weights read and decoded tile by tile.
 *
 * <p>An architecture is one class that describes its block; everything else is shared.
 *
 * <p>Depends on {@link dev.sparkquant.gguf} and {@link dev.sparkquant.kernels}; knows no Spark.
 */
package dev.sparkquant.eval.model;
