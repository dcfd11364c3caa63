package dev.sparkquant.cli;

import java.nio.file.Path;

/** Where sparkquant is installed: the folder that holds {@code conf} and {@code submit}. */
final class Home {
  private Home() {}

  /** The folder that the launcher names; the current one if Java was started by hand. */
  static Path folder() {
    return Path.of(System.getProperty("sparkquant.home", "."));
  }

  static Path schemes() {
    return folder().resolve("conf/schemes");
  }
}
