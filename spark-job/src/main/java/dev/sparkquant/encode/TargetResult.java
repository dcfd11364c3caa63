package dev.sparkquant.encode;

import dev.sparkquant.gguf.GgmlType;

/**
 * What one slice came to in one type.
 *
 * @param bytes written to each destination
 * @param checksum CRC-32C of these bytes
 * @param squaredError sum over elements of (decoded - source) squared; 0 for a copy
 * @param largestError largest absolute difference of an element
 * @param encodeNanos time spent in the encoder
 */
public record TargetResult(
    GgmlType type,
    long bytes,
    int checksum,
    double squaredError,
    double largestError,
    long encodeNanos) {}
