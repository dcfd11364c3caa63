/**
 * What is to be done, as plain data: which tensors become what, where their bytes lie in the input
 * and in each output, and how the work is cut into slices.
 *
 * <p>May use {@code policy} and {@code gguf-io}; knows neither Spark nor Hadoop nor kernels.
 */
package dev.sparkquant.plan;
