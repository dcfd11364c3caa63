package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @Test
  void findsWhatStdRegexFinds() throws IOException {
    List<String> names = List.of();
    int patterns = 0;
    for (String line : TestResource.lines("std-regex.tsv")) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      if (line.startsWith("names\t")) {
        names = fields.subList(1, fields.size());
      } else if (line.startsWith("pattern\t")) {
        assertThat(found(fields.get(1), names)).as(fields.get(1)).isEqualTo(fields.get(2));
        patterns++;
      }
    }
    assertThat(patterns).isGreaterThan(300);
  }

  /** A digit a name, or what is wrong: "refused" is left to the table of those below. */
  private static String found(String source, List<String> names) {
    try {
      NamePattern pattern = NamePattern.compile(source);
      StringBuilder digits = new StringBuilder();
      names.forEach(name -> digits.append(pattern.matches(name) ? '1' : '0'));
      return digits.toString();
    } catch (PolicyException e) {
      return REFUSED.contains(source) ? "refused" : "error";
    }
  }

  /** Well formed for std::regex, but never needed for names of tensors. */
  private static final List<String> REFUSED =
      List.of(
          "[]]",
          "[^]]",
          "[]",
          "(a)\\1",
          "x*+",
          "x**",
          "[a-c-e]",
          "[[.a.]]",
          "[[=a=]]",
          "\\q",
          "\\z",
          "\\A",
          "\\Q",
          "\\e",
          "\\x62lk",
          "\\u0062lk",
          "\\0",
          "\\cA",
          "[\\b]");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "attn_(q|k; '(' is not closed (at character 10)",
        "*attn; '*' repeats nothing (at character 1)",
        "(?i)attn; only (?: (?= and (?! may follow '(' (at character 2)",
        "a{3,2}; a repetition ends below its start (at character 6)",
        "a{1001}; more than 1000 repetitions (at character 7)",
        "[z-a]; a range in [ ] ends below its start (at character 5)",
        "\\x41; '\\x' is not supported (at character 3)",
      })
  void saysWhatIsWrongAndWhere(String pattern, String reason) {
    assertThatThrownBy(() -> NamePattern.compile(pattern))
        .isInstanceOf(PolicyException.class)
        .hasMessage("Cannot use pattern '" + pattern + "': " + reason);
  }

  @Test
  void boundsNesting() {
    String deep = "(".repeat(200_000) + ")".repeat(200_000);
    assertThatThrownBy(() -> NamePattern.compile(deep))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("groups are nested too deeply");
  }

  @Test
  void aPatternThatTakesTooManyStepsIsRefused() {
    NamePattern pattern = NamePattern.compile("^" + ".*".repeat(20) + "b$");

    assertThatThrownBy(() -> pattern.matches("a".repeat(60) + "c"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("it takes too many steps");
  }
}
