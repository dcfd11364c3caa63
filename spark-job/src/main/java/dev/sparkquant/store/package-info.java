/**
 * Where bytes come from and go to: inputs on any Hadoop file system, and outputs that are built
 * beside their final name and published by rename.
 *
 * <p>May use {@code gguf-io} and Hadoop; knows nothing of Spark, schemes or kernels.
 */
package dev.sparkquant.store;
