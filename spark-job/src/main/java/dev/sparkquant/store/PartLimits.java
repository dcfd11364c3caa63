package dev.sparkquant.store;

/**
 * How storage wants a file cut that it takes in parts only.
 *
 * @param smallest bytes of any part but a file's last
 * @param preferred bytes of a part, if that does not make too many
 * @param most parts of a file
 */
public record PartLimits(long smallest, long preferred, int most) {}
