/**
 * Importance matrices: how much each column of a weight matters, as {@code llama-imatrix} measured
 * it, read from files in both of its formats.
 *
 * <p>Depends on {@link dev.sparkquant.gguf}, {@link dev.sparkquant.gguf.io} and the JDK only.
 */
package dev.sparkquant.gguf.imatrix;
