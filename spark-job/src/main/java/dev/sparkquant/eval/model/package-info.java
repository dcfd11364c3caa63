/**
 * Forward passes of decoder-only language models straight from GGUF files: several models at once,
 * layer by layer, with weights read and decoded piece by piece.
 *
 * <p>An architecture is one class that implements {@link dev.sparkquant.eval.model.Architecture}
 * and a line in {@link dev.sparkquant.eval.model.Architectures}; everything else is shared. What is
 * computed is what llama.cpp computes, in float arithmetic throughout: it alone rounds keys, values
 * and, with quantized weights, activations to less.
 *
 * <p>Neither a model nor a tensor is ever in memory as a whole. What is, is the activations of the
 * tokens that go together; {@link dev.sparkquant.eval.model.LockStep#bytes} says how much.
 *
 * <p>Depends on {@link dev.sparkquant.gguf} and {@link dev.sparkquant.kernels}; knows no Spark.
 */
package dev.sparkquant.eval.model;
