package dev.sparkquant.gguf;

/**
 * One file of a model.
 *
 * @param name under which the storage knows it
 */
public record ModelShard(String name, GgufHeader header) {}
