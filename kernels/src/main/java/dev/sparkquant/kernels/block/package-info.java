/**
 * The block formats as data: one class a format with the places of its fields, the code books that
 * some refer to, and access to little-endian fields in byte arrays. No arithmetic on weights.
 *
 * <p>Sizes and layouts are those of the {@code block_*} structures in ggml's {@code ggml-common.h}.
 * Depends on the JDK only.
 */
package dev.sparkquant.kernels.block;
