package dev.sparkquant.store;

/**
 * What tells whether a file has changed.
 *
 * @param name as it was asked for
 * @param length in bytes
 * @param modified when it was last changed, in milliseconds since 1970
 */
public record FileStamp(String name, long length, long modified) {}
