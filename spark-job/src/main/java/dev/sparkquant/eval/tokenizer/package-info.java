/**
 * Text to token ids, from a GGUF's own vocabulary, as llama.cpp does it.
 *
 * <p>{@link dev.sparkquant.eval.tokenizer.Tokenizers} makes a {@link
 * dev.sparkquant.eval.tokenizer.Tokenizer} of a file's metadata; {@link
 * dev.sparkquant.eval.tokenizer.CorpusReader} reads a corpus, as text or as token ids.
 *
 * <p>Depends on {@link dev.sparkquant.gguf} and the JDK only; knows neither Spark nor the kernels.
 */
package dev.sparkquant.eval.tokenizer;
