package dev.sparkquant.cli;

/** The exit codes of every command. */
final class ExitCodes {
  static final int OK = 0;

  /** A defect of this program: the only case in which a stack trace is shown. */
  static final int INTERNAL = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** An input (model, scheme, importance matrix) is damaged, or does not allow what was asked. */
  static final int INPUT = 3;

  /** Reading or writing failed, or a file stands in the way. */
  static final int STORAGE = 4;

  private ExitCodes() {}
}
