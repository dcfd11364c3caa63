/**
 * The block formats of ggml's types: one class a format with named field offsets, sizes as sums, no
 * logic; and the code books that some of them refer to.
 */
package dev.sparkquant.kernels.block;
