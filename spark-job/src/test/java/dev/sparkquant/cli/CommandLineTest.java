package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, suggestions and what all commands have in common. */
class CommandLineTest {
  private static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  private static CommandLine command(String name) {
    return Main.commandLine().getSubcommands().get(name);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsEightyColumnsAndHasExamples(String command) {
    CommandResult help = CommandResult.of(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(help.out())
        .contains("sparkquant " + command, "Example", "--quiet", "--verbose")
        .doesNotContain("\u001b");
    // Commands that are broken over lines cannot be copied.
    assertThat(command(command).getCommandSpec().usageMessage().footer())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpOfTheWholeFitsEightyColumnsAndTellsExitCodes() {
    CommandResult help = CommandResult.of("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(help.out())
        .contains("Exit codes:", "0", "1", "2", "3", "4", "an input is damaged", "Examples:");
    // A line each.
    commands()
        .forEach(command -> assertThat(help.out()).containsPattern("\n  " + command + " .*\\.\n"));
  }

  @Test
  void withoutArgumentsItSaysWhatToDoNext() {
    CommandResult result = CommandResult.of();
    assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("sparkquant demo", "sparkquant --help");
    assertThat(result.err().lines().count()).isLessThan(12);
    assertThat(result.err().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void mistypedCommandsAndOptionsGetSuggestions() {
    assertThat(CommandResult.of("quantise").err()).contains("quantise", "quantize");
    assertThat(CommandResult.of("schemse").err()).contains("schemes");
    assertThat(CommandResult.of("inspect", "x.gguf", "--jsn").err()).contains("--json");
    CommandResult overwrite =
        CommandResult.of("quantize", "-i", "a", "-o", "b", "-s", "Q4_K_M", "--overwrit");
    assertThat(overwrite.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(overwrite.err()).contains("--overwrite", "quantize --help");
  }

  @Test
  void controlCharactersOfTheCommandLineDoNotReachTheTerminal() {
    assertThat(CommandResult.of("inspect", "a", "b\u001b[31m").err()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--allow-requantize",
        "--leave-output-tensor",
        "--pure",
        "--imatrix",
        "--include-weights",
        "--exclude-weights",
        "--output-tensor-type",
        "--token-embedding-type",
        "--tensor-type",
        "--tensor-type-file",
        "--prune-layers",
        "--keep-split",
        "--override-kv",
        "--help"
      })
  void optionsOfLlamaQuantizeHaveTheirNames(String option) {
    assertThat(command("quantize").getCommandSpec().optionsMap()).containsKey(option);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--dry-run", "--target-bpw=4.5", "--target-size", "--save-state", "--state-file"})
  void otherOptionsOfLlamaQuantizeAreAnswered(String option) {
    for (List<String> line :
        List.of(
            List.of("quantize", "-i", "a", "-o", "b", "-s", "Q4_K_M", option),
            List.of("quantize", option, "a", "b", "Q4_K_M"))) {
      CommandResult result = CommandResult.of(line);
      assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(result.err().lines())
          .anyMatch(hint -> hint.startsWith(option.replaceFirst("=.*", "") + ": "));
    }
  }

  @Test
  void filesInTheirPlacesAreAnsweredWithTheNamedForm() {
    assertThat(CommandResult.of("quantize", "in.gguf", "out.gguf", "Q4_K_M", "8").err())
        .contains("sparkquant quantize -i in.gguf -o out.gguf -s Q4_K_M -- --master 'local[8]'");
    assertThat(CommandResult.of("quantize", "in.gguf", "q4_k").err())
        .contains("sparkquant quantize -i in.gguf -o OUT.gguf -s q4_k");
    assertThat(CommandResult.of("plan", "in.gguf", "Q4_K_M").err())
        .contains("sparkquant plan -i in.gguf -s Q4_K_M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionIsAScriptThatKnowsSchemes(String shell) {
    CommandResult result = CommandResult.of("completion", shell);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("# To be sourced in ~/." + shell + "rc.")
        .contains("--scheme", "Q4_K_XXXL", "Q3_K_L", "BF16", "verify");
    assertThat(CommandResult.of("completion", "fish").exitCode()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void completionCompletesInBash() throws Exception {
    Path script = Files.createTempFile("completion", ".bash");
    try {
      Files.writeString(script, CommandResult.of("completion", "bash").out());
      String probe =
          "compopt() { :; }; source '"
              + script
              + "'; COMP_WORDS=(sparkquant quantize -s Q4_K_X); COMP_CWORD=3;"
              + " _complete_sparkquant sparkquant Q4_K_X -s; printf '%s\\n' \"${COMPREPLY[@]}\"";
      Process bash = new ProcessBuilder("bash", "-c", probe).redirectErrorStream(true).start();
      String replies = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).isZero();
      assertThat(replies.strip()).isEqualTo("Q4_K_XXXL");
    } finally {
      Files.delete(script);
    }
  }

  @Test
  void verboseShowsWhereAFailureCameFrom() {
    CommandResult terse = CommandResult.of("inspect", "none.gguf");
    CommandResult verbose = CommandResult.of("inspect", "none.gguf", "--verbose");
    assertThat(terse.err()).hasLineCount(1);
    assertThat(verbose.err()).contains("no such file", "NoSuchFileException", "    at ");
    assertThat(verbose.exitCode()).isEqualTo(terse.exitCode());
  }
}
