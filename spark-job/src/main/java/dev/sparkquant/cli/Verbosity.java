package dev.sparkquant.cli;

import java.util.Locale;
import org.apache.logging.log4j.core.config.Configurator;

/** How much is said beside results and errors: set by {@code --quiet} and {@code --verbose}. */
enum Verbosity {
  /** Neither progress nor summaries. */
  QUIET("off"),
  NORMAL("error"),
  /** What Spark and Hadoop say too, and where a failure came from. */
  VERBOSE("info");

  private static final String PROPERTY = "sparkquant.verbosity";

  /** What {@code log4j2.properties} lets through to the terminal. */
  private static final String CONSOLE_PROPERTY = "sparkquant.console";

  private final String consoleLevel;

  Verbosity(String consoleLevel) {
    this.consoleLevel = consoleLevel;
  }

  /** The one in force in this process. */
  static Verbosity current() {
    return valueOf(System.getProperty(PROPERTY, NORMAL.name()).toUpperCase(Locale.ROOT));
  }

  /** Puts this one in force. */
  void apply() {
    boolean changes = this != current();
    System.setProperty(PROPERTY, name());
    System.setProperty(CONSOLE_PROPERTY, consoleLevel);
    if (changes) {
      // Logging may have started already: spark-submit has it before this program begins.
      Configurator.reconfigure();
    }
  }
}
