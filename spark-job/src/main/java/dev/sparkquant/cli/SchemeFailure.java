package dev.sparkquant.cli;

/**
 * A scheme that cannot be carried out.
 *
 * @param asked how the user named the scheme
 * @param reason a sentence
 */
record SchemeFailure(String asked, String reason) {}
