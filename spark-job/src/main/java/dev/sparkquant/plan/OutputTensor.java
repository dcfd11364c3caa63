package dev.sparkquant.plan;

import dev.sparkquant.gguf.TensorInfo;

/**
 * A tensor of an output file.
 *
 * @param source index into the plan's source tensors
 * @param info name, type, shape and offset as the output's header states them
 * @param position of its first byte in the output file
 */
public record OutputTensor(int source, TensorInfo info, long position) {}
