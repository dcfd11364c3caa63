/**
 * The block formats of ggml's types: one class a format with named field offsets, sizes as sums, no
 * logic.
 */
package dev.sparkquant.kernels.block;
