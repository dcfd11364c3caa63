package dev.sparkquant.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The entry point of all commands. */
@Command(
    name = "sparkquant",
    description =
        "Quantizes GGUF models on Apache Spark: the same bytes as llama-quantize, on as many cores"
            + " and machines as there are.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCodes.OK + ":done",
      ExitCodes.INTERNAL + ":a defect of sparkquant",
      ExitCodes.USAGE + ":wrong usage",
      ExitCodes.INPUT + ":an input is damaged or does not allow what was asked",
      ExitCodes.STORAGE + ":reading or writing failed, or a file stands in the way"
    },
    footer = {
      "",
      "Arguments after -- go to spark-submit; without them everything runs on this",
      "machine:",
      "  sparkquant quantize ... -- --master 'local[4]'",
      "  sparkquant quantize ... -- --master spark://host:7077 --executor-memory 4g",
      "",
      "Spark's log goes to ~/.local/state/sparkquant/sparkquant.log; SPARKQUANT_LOG",
      "names another file. Without colours: NO_COLOR=1.",
      "",
      "Examples:",
      "  sparkquant demo",
      "  sparkquant quantize -i model-bf16.gguf -o model-Q4_K_M.gguf -s Q4_K_M",
      "  sparkquant COMMAND --help"
    })
public final class Main implements Callable<Integer> {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          QuantizeCommand.class,
          SweepCommand.class,
          KldCommand.class,
          ReportCommand.class,
          PlanCommand.class,
          InspectCommand.class,
          CompareCommand.class,
          VerifyCommand.class,
          CleanCommand.class,
          SchemesCommand.class,
          CompletionCommand.class);

  /** Those that run other commands, or list them. */
  private static final List<Class<?>> NEED_OTHERS =
      List.of(DemoCommand.class, CompletionCommand.class);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Neither progress nor summaries: results, warnings, errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Also what Spark says, and where a failure came from.")
  private boolean verbose;

  private Main() {}

  public static void main(String[] arguments) {
    int code = run(arguments);
    System.out.flush();
    System.exit(code);
  }

  /** Runs a command line and returns its exit code. */
  static int run(String... arguments) {
    return commandLine(commands(arguments)).execute(arguments);
  }

  /** The command that comes first, which spares a start the others; all if it needs them. */
  private static List<Class<?>> commands(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> arguments.length > 0 && !NEED_OTHERS.contains(command))
        .filter(command -> command.getAnnotation(Command.class).name().equals(arguments[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  /** All commands, ready to run. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  private static CommandLine commandLine(List<Class<?>> commands) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commands.forEach(commandLine::addSubcommand);
    return commandLine
        .setUsageHelpWidth(80)
        .setColorScheme(Help.defaultColorScheme(Colours.onStandardOutput()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(
            parsed -> {
              main.verbosity().apply();
              return new RunLast().execute(parsed);
            })
        .setExecutionExceptionHandler(new Complaints())
        .setParameterExceptionHandler(new UsageComplaints());
  }

  private Verbosity verbosity() {
    if (quiet) {
      return Verbosity.QUIET;
    }
    return verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }

  /**
   * Without a command: says what to do next. That is wrong usage all the same: a script whose
   * arguments have got lost must not go on as if something had been done.
   */
  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    err.println("sparkquant quantizes GGUF models and measures what that costs. To begin with:");
    err.println();
    err.println("  sparkquant demo                  try it on a small model that comes along");
    err.println("  sparkquant schemes               what a model can be quantized to");
    err.println("  sparkquant quantize -i IN.gguf -o OUT.gguf -s Q4_K_M");
    err.println("                                   the file that llama-quantize would write");
    err.println("  sparkquant --help                everything else");
    err.flush();
    return ExitCodes.USAGE;
  }
}
