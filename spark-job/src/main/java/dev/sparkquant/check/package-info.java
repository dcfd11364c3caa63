/**
 * Reads finished models again: whether a file is whole, and how two models differ.
 *
 * <p>This goes as fast as the disk does, so it runs on threads of this process: Spark would need
 * longer to start than most models need to be read. May use {@code gguf-io} and {@code kernels};
 * knows neither Spark nor Hadoop.
 */
package dev.sparkquant.check;
