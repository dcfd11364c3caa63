package dev.sparkquant.store;

/**
 * An output under construction, as tasks on other machines need to know it.
 *
 * @param output path or URI under which it is to stand in the end
 * @param path or URI at which it is built
 * @param length in bytes that it is to have
 * @param upload what storage knows its upload by, in Base64; null if it is written by position
 */
public record UnpublishedFile(String output, String path, long length, String upload) {}
