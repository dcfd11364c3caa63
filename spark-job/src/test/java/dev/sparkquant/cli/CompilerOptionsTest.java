package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What conf/compiler.options tells Java's compiler: Java itself is silent about much that is wrong.
 */
class CompilerOptionsTest {
  private static final Path FILE = Home.folder().resolve("conf/compiler.options");
  private static final Pattern CLASS =
      Pattern.compile("CompileCommand=(?:inline|CompileThresholdScaling),([\\w.]+)::\\*");

  static Stream<String> classes() throws IOException {
    return CLASS.matcher(Files.readString(FILE)).results().map(match -> match.group(1));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void namesClassesThatExist(String name) throws Exception {
    assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
  }

  @Test
  void isUnderstood() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + FILE,
                "--version")
            .redirectErrorStream(true)
            .start();
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(printed).isZero();
    assertThat(printed).doesNotContain("CompileCommand", "rror");
  }
}
