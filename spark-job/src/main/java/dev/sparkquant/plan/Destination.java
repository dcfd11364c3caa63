package dev.sparkquant.plan;

/**
 * Where a slice's bytes of one type go.
 *
 * @param output index into the plan's output files
 * @param position of the slice's first byte in that file
 */
public record Destination(int output, long position) {}
