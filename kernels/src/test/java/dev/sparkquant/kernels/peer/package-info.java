/**
 * ggml itself beside our kernels: its native library, rows to feed both, and the tests that require
 * equal results.
 */
package dev.sparkquant.kernels.peer;
