package dev.sparkquant.cli;

import dev.sparkquant.report.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build of this program runs: the build has filled in its version and commit. */
final class Build {
  private Build() {}

  static RunRecord.Software software() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read build.properties from the application's jar", e);
    }
    boolean changed = Boolean.parseBoolean(properties.getProperty("git.dirty"));
    return new RunRecord.Software(
        properties.getProperty("version"),
        properties.getProperty("git.commit") + (changed ? "-dirty" : ""));
  }
}
