/**
 * The work on one slice: read, check, decode once, encode to each type wanted, measure, write.
 *
 * <p>May use {@code plan}, {@code gguf-io} and {@code kernels}; knows neither Spark nor Hadoop.
 */
package dev.sparkquant.encode;
