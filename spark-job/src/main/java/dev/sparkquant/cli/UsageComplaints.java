package dev.sparkquant.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one sentence, a suggestion, and where to find help. */
final class UsageComplaints implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("sparkquant: " + PrintableText.of(e.getMessage(), 2000));
    Optional<String> hint = LlamaQuantizeHints.of(command.getCommandName(), unmatched(e));
    if (hint.isPresent()) {
      err.println(PrintableText.of(hint.get(), 2000));
    } else {
      UnmatchedArgumentException.printSuggestions(e, err);
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCodes.USAGE;
  }

  /** Words that the command could not place; a missing option may hide that there are some. */
  private static List<String> unmatched(ParameterException e) {
    if (e instanceof UnmatchedArgumentException words) {
      return words.getUnmatched();
    }
    CommandLine.ParseResult parsed = e.getCommandLine().getParseResult();
    return parsed == null ? List.of() : parsed.unmatched();
  }
}
