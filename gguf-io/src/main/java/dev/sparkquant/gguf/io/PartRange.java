package dev.sparkquant.gguf.io;

/**
 * A part of an output for storage that takes files in parts only: made and stored by one task.
 *
 * @param output index of the output file
 * @param part position among the file's parts, from 0
 * @param start of the first byte in the file
 * @param end one past the last byte
 */
public record PartRange(int output, int part, long start, long end) {

  /** In bytes. */
  public long length() {
    return end - start;
  }
}
