package dev.sparkquant.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Checks and derives the paths of a run's outputs. */
public final class OutputPaths {
  private OutputPaths() {}

  /** The absolute path of an output: a local path, or a URI for any other file system. */
  public static String resolve(String output, Storage storage) throws IOException {
    Optional<java.nio.file.Path> local = Storage.localPath(output);
    if (local.isPresent()) {
      return local.get().toString();
    }
    Path path = new Path(output);
    return storage.fileSystem(path).makeQualified(path).toString();
  }

  /**
   * Whether outputs are on a local or mounted file system.
   *
   * @param outputs absolute
   * @throws StorageException if they are not all on one file system
   */
  static boolean areLocal(List<String> outputs) throws StorageException {
    if (outputs.stream().map(OutputPaths::fileSystem).distinct().count() > 1) {
      throw new StorageException(
          "Cannot write "
              + String.join(", ", outputs)
              + " in one run: they are on different file systems");
    }
    return Storage.localPath(outputs.get(0)).isPresent();
  }

  private static String fileSystem(String output) {
    if (Storage.localPath(output).isPresent()) {
      return "";
    }
    URI uri = new Path(output).toUri();
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  /** The folder for a run's tables: beside the output, {@code .run} instead of its extension. */
  public static String runFolder(String output, Storage storage) throws IOException {
    String path = resolve(output, storage);
    return (path.endsWith(".gguf") ? path.substring(0, path.length() - 5) : path) + ".run";
  }

  /**
   * Checks that writing the outputs destroys nothing.
   *
   * @param outputs absolute
   * @param inputs that the run reads
   * @throws StorageException if an output is an input, or exists and may not be replaced
   */
  public static void require(
      List<String> outputs, List<String> inputs, boolean overwrite, Storage storage)
      throws IOException {
    for (String output : outputs) {
      Optional<java.nio.file.Path> local = Storage.localPath(output);
      Place place = local.isPresent() ? Place.of(local.get()) : Place.of(new Path(output), storage);
      if (place == Place.FOLDER) {
        throw new StorageException("Cannot write " + output + ": it is a directory");
      }
      for (String input : inputs) {
        if (isSame(input, output, storage)) {
          throw new StorageException(
              "Cannot write " + output + ": it is the input; choose another name");
        }
      }
      if (place == Place.FILE && !overwrite) {
        throw new StorageException(
            "Cannot write " + output + ": it exists; use --overwrite to replace it");
      }
    }
  }

  /** What stands at a path. */
  private enum Place {
    NOTHING,
    FILE,
    FOLDER;

    static Place of(java.nio.file.Path path) {
      return Files.isDirectory(path) ? FOLDER : Files.exists(path) ? FILE : NOTHING;
    }

    static Place of(Path path, Storage storage) throws IOException {
      try {
        return storage.fileSystem(path).getFileStatus(path).isDirectory() ? FOLDER : FILE;
      } catch (FileNotFoundException e) {
        return NOTHING;
      }
    }
  }

  private static boolean isSame(String input, String output, Storage storage) throws IOException {
    java.nio.file.Path in = Storage.localPath(input).orElse(null);
    java.nio.file.Path out = Storage.localPath(output).orElse(null);
    if (in == null || out == null) {
      return in == null && out == null && resolve(input, storage).equals(output);
    }
    return in.equals(out) || (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out));
  }
}
