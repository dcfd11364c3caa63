package dev.sparkquant.cli;

import picocli.CommandLine.Help.Ansi;

/**
 * Whether standard output takes colours. The launcher knows: it has to be a terminal, and {@code
 * NO_COLOR} empty.
 */
final class Colours {
  private Colours() {}

  static Ansi onStandardOutput() {
    return Boolean.getBoolean("sparkquant.colours") ? Ansi.ON : Ansi.OFF;
  }

  /** A word that has to be noticed. */
  static String alarm(String word) {
    return onStandardOutput().string("@|bold,red " + word + "|@");
  }
}
