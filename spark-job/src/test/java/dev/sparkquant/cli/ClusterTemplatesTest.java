package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates for clusters hold settings that this version of Spark knows, with good values. */
class ClusterTemplatesTest {
  /** Settings of parts of Spark that are not on the class path, or that it looks up by name. */
  private static final Pattern NOT_REGISTERED =
      Pattern.compile("spark\\.(yarn\\..*|kubernetes\\..*|master|network\\.crypto\\.cipher)");

  /** A setting that a user may want: a comment of one space, the name, and two spaces. */
  private static final Pattern SUGGESTED =
      Pattern.compile("^# (spark\\.\\S+) {2,}\\S", Pattern.MULTILINE);

  /** Registers the settings that they define. */
  @BeforeAll
  static void loadSettings() throws Exception {
    for (String part : List.of("package", "Kryo", "Network", "UI")) {
      Class.forName("org.apache.spark.internal.config." + part + "$");
    }
  }

  private static Path template(String name) {
    return Home.folder().resolve("submit").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone.conf", "yarn.conf", "kubernetes.conf"})
  void everySettingIsKnownToSpark(String name) throws Exception {
    Properties settings = new Properties();
    try (Reader in = Files.newBufferedReader(template(name))) {
      settings.load(in);
    }
    SparkConf conf = new SparkConf(false);
    settings.stringPropertyNames().forEach(key -> conf.set(key, settings.getProperty(key)));
    for (String key : settings.stringPropertyNames()) {
      if (!NOT_REGISTERED.matcher(key).matches()) {
        ConfigEntry<?> entry = ConfigEntry.findEntry(key);
        assertThat(entry).as(key).isNotNull();
        // Refuses a value that does not fit.
        conf.get(entry);
      }
    }
    Matcher suggested = SUGGESTED.matcher(Files.readString(template(name)));
    while (suggested.find()) {
      String key = suggested.group(1);
      if (!NOT_REGISTERED.matcher(key).matches()) {
        assertThat(ConfigEntry.findEntry(key)).as(key).isNotNull();
      }
    }
  }
}
