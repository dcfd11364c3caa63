package dev.sparkquant.cli;

import dev.sparkquant.report.html.Report;
import dev.sparkquant.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code report}: the page that shows what a run came to. */
@Command(
    name = "report",
    description = {
      "Makes a page to look at from what a run left.",
      "It shows sizes, divergence, types and errors, and is one HTML file that needs no network,"
          + " with its pictures as SVG and PNG beside it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sparkquant report model-Q4_K_M.run"})
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN_DIR",
      description = {
        "A run's folder: OUT.run of quantize, OUTPUT-DIR/run of sweep, --run-dir of kld. The report"
            + " goes into its folder 'report'."
      })
  private Path runDir;

  @Override
  public Integer call() throws IOException {
    write(runDir);
    System.out.println("Report in " + Report.page(runDir.toString()));
    return ExitCodes.OK;
  }

  /** Writes a run's report beside its record and tables, and publishes them all. */
  static void write(RunFolder folder) throws IOException {
    write(folder.local());
    folder.publish();
  }

  private static void write(Path runDir) throws IOException {
    Report.write(runDir)
        .problem()
        .ifPresent(problem -> System.err.println("sparkquant: " + PrintableText.of(problem, 2000)));
  }
}
