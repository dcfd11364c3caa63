/**
 * The specification of every kernel in plain Java: ggml's operations in ggml's order, no fused
 * multiply-add.
 */
package dev.sparkquant.kernels.scalar;
