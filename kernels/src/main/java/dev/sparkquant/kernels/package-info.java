/** The facade over ggml's block formats: encode and decode rows of any type. */
package dev.sparkquant.kernels;
