/**
 * The GGUF file format as data: types, metadata, tensor infos, headers and shards.
 *
 * <p>Depends on the JDK and on {@link dev.sparkquant.gguf.io} only; knows neither Spark nor Hadoop.
 */
package dev.sparkquant.gguf;
