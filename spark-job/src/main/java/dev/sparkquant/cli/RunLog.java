package dev.sparkquant.cli;

import dev.sparkquant.report.RunRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What is known of a run from its start: the words it was asked for with, and when.
 *
 * @param words of the command line as typed
 */
record RunLog(List<String> words, Instant started) {

  RunLog {
    words = List.copyOf(words);
  }

  /** A run of that command starts now. */
  static RunLog start(CommandSpec command) {
    return new RunLog(command.root().commandLine().getParseResult().originalArgs(), Instant.now());
  }

  /** The record of the run. */
  RunRecord record(
      RunRecord.Environment environment,
      RunRecord.Input input,
      List<RunRecord.Output> outputs,
      RunRecord.Quantization quantization,
      RunRecord.Divergence divergence) {
    return new RunRecord(
        RunRecord.FORMAT,
        Build.software(),
        words,
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        environment,
        input,
        outputs,
        quantization,
        divergence);
  }
}
