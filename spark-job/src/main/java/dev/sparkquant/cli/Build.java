package dev.sparkquant.cli;

import dev.sparkquant.report.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Which build of this program runs: the build leaves its version and commit beside this class. */
final class Build {
  private Build() {}

  static RunRecord.Software software() {
    Properties properties = new Properties();
    try (InputStream build = Build.class.getResourceAsStream("build.properties");
        InputStream commit = Build.class.getResourceAsStream("commit")) {
      properties.load(build);
      return new RunRecord.Software(
          properties.getProperty("version"),
          new String(commit.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which build this is from the application", e);
    }
  }
}
