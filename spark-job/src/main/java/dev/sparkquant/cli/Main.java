package dev.sparkquant.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of all commands. */
@Command(
    name = "sparkquant",
    description =
        "Quantizes GGUF models on Apache Spark: the same bytes as llama-quantize, on as many cores"
            + " and machines as there are.",
    subcommands = {
      DemoCommand.class,
      QuantizeCommand.class,
      SweepCommand.class,
      KldCommand.class,
      PlanCommand.class,
      InspectCommand.class,
      SchemesCommand.class,
      CleanCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Arguments after -- go to spark-submit; without them everything runs on this machine:",
      "  sparkquant quantize ... -- --master spark://host:7077 --executor-memory 4g",
      "",
      "Exit codes: " + ExitCodes.HELP + "."
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    int code = run(arguments);
    System.out.flush();
    System.exit(code);
  }

  /** Runs a command line and returns its exit code. */
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setUsageHelpWidth(80)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Complaints())
        .setParameterExceptionHandler(new UsageComplaints())
        .execute(arguments);
  }

  /** Without a command: says what there is to do. */
  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
