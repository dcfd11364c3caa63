package dev.sparkquant.check;

/**
 * Something wrong with a file.
 *
 * @param tensor that it concerns, or null
 * @param reason what is wrong, with the values found; a sentence without full stop
 */
public record Problem(String file, String tensor, String reason) {}
