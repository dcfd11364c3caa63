package dev.sparkquant.cli;

import dev.sparkquant.store.Leftovers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says that a run starts anew although an earlier one has left unfinished work. */
final class Unfinished {
  private Unfinished() {}

  /** Those of a run's outputs that an earlier run has left something of. */
  static List<String> among(List<String> outputs) throws IOException {
    List<String> found = new ArrayList<>();
    for (String output : outputs) {
      Optional<Path> path = Storage.localPath(output);
      if (path.isPresent() && Leftovers.of(path.get()).isPresent()) {
        found.add(output);
      }
    }
    return found;
  }

  /** Prints a line for each output that is started anew. */
  static void announce(List<String> outputs) {
    for (String output : outputs) {
      System.err.println(
          "sparkquant: starting "
              + PrintableText.of(output, 2000)
              + " anew, replacing what an unfinished run left; --resume would go on from it");
    }
  }
}
