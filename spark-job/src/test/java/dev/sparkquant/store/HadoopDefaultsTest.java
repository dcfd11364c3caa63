package dev.sparkquant.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Hadoop's defaults as they come along are Hadoop's own. */
class HadoopDefaultsTest {

  @Test
  void settingsAreThoseOfHadoop() throws Exception {
    List<URL> files =
        Collections.list(getClass().getClassLoader().getResources("core-default.xml"));

    assertThat(files).hasSize(2);
    assertThat(settings(files.get(0))).isEqualTo(settings(files.get(1))).hasSizeGreaterThan(300);
  }

  private static Map<String, String> settings(URL file) {
    Configuration configuration = new Configuration(false);
    configuration.addResource(file);
    Map<String, String> settings = new TreeMap<>();
    configuration.forEach(
        setting -> settings.put(setting.getKey(), configuration.getRaw(setting.getKey())));
    return settings;
  }
}
