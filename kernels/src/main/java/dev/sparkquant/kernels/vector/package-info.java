/**
 * The kernels with the Vector API: each lane of a vector encodes a block of its own, in ggml's
 * order of operations, so that its bytes are ggml's. No fused multiply-add, no sums across lanes.
 *
 * <p>Depends on the scalar kernels for the blocks and types it leaves to them, on the block formats
 * and on the module {@code jdk.incubator.vector}, of which only what JDK 17 and later releases
 * share is used. Nothing but {@link dev.sparkquant.kernels.Kernels} may refer to this package, and
 * that by name.
 */
package dev.sparkquant.kernels.vector;
