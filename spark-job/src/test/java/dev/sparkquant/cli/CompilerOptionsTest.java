package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What conf/compiler.options tells Java's compiler: Java itself is silent about much that is wrong.
 */
class CompilerOptionsTest {
  private static final Path FILE = Home.folder().resolve("conf/compiler.options");
  private static final Pattern CLASS =
      Pattern.compile("CompileCommand=(?:inline|CompileThresholdScaling),([\\w.]+)::\\*");
  private static final Pattern METHOD =
      Pattern.compile("CompileCommand=(?:inline|dontinline),([\\w.]+)::(\\w+)$", Pattern.MULTILINE);

  static Stream<String> classes() throws IOException {
    return CLASS.matcher(Files.readString(FILE)).results().map(match -> match.group(1));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void namesClassesThatExist(String name) throws Exception {
    assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
  }

  static Stream<Arguments> methods() throws IOException {
    return METHOD
        .matcher(Files.readString(FILE))
        .results()
        .map(match -> Arguments.of(match.group(1), match.group(2)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void namesMethodsThatExist(String name, String method) throws Exception {
    Class<?> type = Class.forName(name, false, getClass().getClassLoader());

    assertThat(type.getDeclaredMethods()).extracting(Method::getName).contains(method);
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
