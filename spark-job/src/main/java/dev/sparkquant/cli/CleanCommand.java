package dev.sparkquant.cli;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.store.Leftovers;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clean}: removes what runs that were killed or failed have left. */
@Command(
    name = "clean",
    description = {
      "Removes what unfinished runs have left.",
      "That is what runs that were killed or failed keep beside their outputs to go on from."
          + " What a run uses now stays, and so do outputs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sparkquant clean model-Q4_K_M.gguf",
      "  sparkquant clean --list models/"
    })
final class CleanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "OUTPUT|DIR", description = "An output, or a folder of outputs.")
  private String place;

  @Option(names = "--list", description = "List only.")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    Path local =
        Storage.localPath(place)
            .orElseThrow(
                () ->
                    new StorageException(
                        "Cannot clean "
                            + place
                            + ": on other file systems than local and mounted ones the next run to"
                            + " the same output removes what is left; without one, remove "
                            + place
                            + ".unfinished yourself"));
    List<Leftovers> found = Leftovers.at(local);
    for (Leftovers leftovers : found) {
      String size = Numbers.bytes(leftovers.bytes());
      if (!list) {
        leftovers.remove();
      }
      print((list ? "Left: " : "Removed ") + leftovers.folder() + " (" + size + ")");
      leftovers.others().forEach(file -> print("Not sparkquant's, stays: " + file));
    }
    if (found.isEmpty()) {
      print("Nothing is left of unfinished runs at " + place);
    }
    return ExitCodes.OK;
  }

  private static void print(String line) {
    System.out.println(PrintableText.of(line, 2000));
  }
}
