package dev.sparkquant.cli;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How {@code quantize} and {@code sweep} go about their work. */
class RunArguments {
  @Option(names = "--overwrite", description = "Replace existing outputs once they are complete.")
  boolean overwrite;

  @Option(
      names = "--resume",
      description = {
        "Go on from what a stopped run of the same command has left, if anything. Without it that"
            + " is replaced."
      })
  boolean resume;

  @Option(
      names = "--kld",
      description = {
        "Then measure what it cost: hold what was written against the input, as 'sparkquant kld'"
            + " does."
      })
  boolean kld;

  @Mixin CorpusArguments corpora = new CorpusArguments();

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = {
        "Where the run's record and tables go, a path or a Hadoop URI. Default: OUT.run beside an"
            + " output, run in an output folder."
      })
  String runDir;

  void check(CommandLine command) {
    if (kld == corpora.corpora.isEmpty()) {
      throw new ParameterException(command, "Give --kld and --corpus together");
    }
  }
}
