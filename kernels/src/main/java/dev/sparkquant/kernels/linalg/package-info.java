/**
 * What a transformer's forward pass computes: matrix products with encoded weights, norms, rotary
 * positions, attention, and the statistics of a row of logits.
 *
 * <p>One idea carries the package: activations lie in {@linkplain
 * dev.sparkquant.kernels.linalg.TokenTiles tiles of 32 tokens}, the tokens of a tile next to each
 * other, and vectors run along the tokens. Every token is then computed in a lane of its own, by
 * the same chain of operations whatever the width of a vector, the number of threads or the
 * implementation: results are equal to the last bit everywhere. The chains are written out in each
 * class. Multiply-adds are fused, which IEEE 754 rounds exactly; on a processor without such an
 * instruction {@link java.lang.Math#fma(float, float, float)} is right but slow.
 *
 * <p>Two implementations compute the same bits: plain Java, and the Vector API where its module is
 * present. Depends on {@code dev.sparkquant.kernels} and {@code dev.sparkquant.gguf} only.
 */
package dev.sparkquant.kernels.linalg;
