package dev.sparkquant.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks and derives the paths of a run's outputs. */
public final class OutputPaths {
  private OutputPaths() {}

  /**
   * The absolute local path of an output.
   *
   * @throws StorageException if it is on another file system
   */
  public static String resolve(String output) throws StorageException {
    return Storage.localPath(output)
        .orElseThrow(
            () ->
                new StorageException(
                    "Cannot write "
                        + output
                        + ": outputs have to be on a local or mounted file system"))
        .toString();
  }

  /** The folder for a run's tables: beside the output, {@code .run} instead of its extension. */
  public static Path runFolder(String output) throws StorageException {
    String path = resolve(output);
    String stem = path.endsWith(".gguf") ? path.substring(0, path.length() - 5) : path;
    return Path.of(stem + ".run");
  }

  /**
   * Checks that writing the outputs destroys nothing.
   *
   * @param inputs that the run reads
   * @throws StorageException if an output is an input, or exists and may not be replaced
   */
  public static void require(List<String> outputs, List<String> inputs, boolean overwrite)
      throws IOException {
    for (String name : outputs) {
      Path output = Path.of(name);
      if (Files.isDirectory(output)) {
        throw new StorageException("Cannot write " + output + ": it is a directory");
      }
      for (String input : inputs) {
        Path path = Storage.localPath(input).orElse(null);
        if (path != null && isSame(path, output)) {
          throw new StorageException(
              "Cannot write " + output + ": it is the input; choose another name");
        }
      }
      if (Files.exists(output) && !overwrite) {
        throw new StorageException(
            "Cannot write " + output + ": it exists; use --overwrite to replace it");
      }
    }
  }

  private static boolean isSame(Path input, Path output) throws IOException {
    return input.equals(output)
        || (Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output));
  }
}
