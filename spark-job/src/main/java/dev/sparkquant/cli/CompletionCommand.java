package dev.sparkquant.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: what makes a shell complete sparkquant's commands. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands in your shell.",
      "It knows commands, options, schemes and types."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples, for a line in ~/.bashrc or ~/.zshrc:",
      "  source <(sparkquant completion bash)",
      "  source <(sparkquant completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that can be served. */
  enum Shell {
    BASH("~/.bashrc"),
    ZSH("~/.zshrc");

    private final String startFile;

    Shell(String startFile) {
      this.startFile = startFile;
    }
  }

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  @Override
  public Integer call() {
    System.out.println("# To be sourced in " + shell.startFile + ".");
    // One script serves both: in zsh it turns on the emulation of bash's completion by itself.
    System.out.print(AutoComplete.bash("sparkquant", spec.root().commandLine()));
    return ExitCodes.OK;
  }
}
