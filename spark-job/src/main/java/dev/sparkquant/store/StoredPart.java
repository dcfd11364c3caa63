package dev.sparkquant.store;

/**
 * A part that storage has taken.
 *
 * @param output index of the output file
 * @param start of its first byte in the file
 * @param length in bytes
 * @param number under which it was stored; numbers rise with {@code start}
 * @param handle what storage knows it by, in Base64
 */
public record StoredPart(int output, long start, long length, int number, String handle) {}
