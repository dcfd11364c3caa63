package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;

/**
 * A tensor of the input, as the tasks that read it need it.
 *
 * @param name as in the input
 * @param file the shard that holds it
 * @param position of its first byte in that file
 * @param bigEndian whether its numbers are stored most significant byte first
 * @param rowLength elements a row, {@code ne[0]}
 * @param rowsPerMatrix rows that share one part of the importance matrix: {@code ne[1]}; experts
 *     are matrices of their own
 * @param rows all rows
 */
public record SourceTensor(
    String name,
    String file,
    long position,
    GgmlType type,
    boolean bigEndian,
    long rowLength,
    long rowsPerMatrix,
    long rows) {

  public long elements() {
    return rowLength * rows;
  }
}
