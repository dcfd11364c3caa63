/**
 * The commands, their options and help, what they print, and exit codes.
 *
 * <p>Nothing else uses this package.
 */
package dev.sparkquant.cli;
