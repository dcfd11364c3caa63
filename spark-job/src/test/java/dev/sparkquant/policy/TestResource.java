package dev.sparkquant.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text beside the tests. */
final class TestResource {
  private TestResource() {}

  static List<String> lines(String name) throws IOException {
    try (InputStream in = TestResource.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
