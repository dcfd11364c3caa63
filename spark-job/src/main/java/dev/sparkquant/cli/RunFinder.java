package dev.sparkquant.cli;

import dev.sparkquant.check.RecordedFile;
import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.report.RecordedFiles;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what the run that wrote a file has recorded of it: in the folder that the user names, else
 * beside the file in {@code FILE.run}, or in {@code run}, where a sweep leaves it.
 */
final class RunFinder {
  private final Path named;
  private final Map<Path, RecordedFiles> read = new HashMap<>();

  /**
   * @param named the run's folder, or null
   */
  RunFinder(Path named) {
    this.named = named;
  }

  /**
   * What is recorded of a file.
   *
   * @throws StorageException if the user named a run that did not write it
   */
  Optional<RecordedFile> find(String file) throws IOException {
    if (named != null) {
      Optional<RecordedFile> recorded = in(named, file, true);
      if (recorded.isEmpty()) {
        throw new StorageException(
            "Cannot verify " + file + ": the run in " + named + " wrote no file of that name");
      }
      return recorded;
    }
    Path path = Storage.localPath(file).orElse(null);
    if (path == null || path.getFileName() == null) {
      return Optional.empty();
    }
    Optional<RecordedFile> own = in(Path.of(stem(path.toString()) + ".run"), file, true);
    if (own.isPresent()) {
      return own;
    }
    // A sweep's folder may hold other files too: there the name has to be right.
    return in(path.resolveSibling("run"), file, false);
  }

  /**
   * What a run has recorded of a file.
   *
   * @param whatever whether a run that wrote one file means this one, even if it was renamed since
   */
  private Optional<RecordedFile> in(Path folder, String file, boolean whatever) throws IOException {
    if (named == null && !RecordedFiles.isIn(folder)) {
      return Optional.empty();
    }
    RecordedFiles recorded = read(folder);
    Optional<RecordedFile> found = recorded.of(Storage.absolute(file));
    return found.isPresent() || !whatever ? found : recorded.only();
  }

  private static String stem(String path) {
    return ShardName.parse(path)
        .map(ShardName::prefix)
        .orElse(path.endsWith(".gguf") ? path.substring(0, path.length() - 5) : path);
  }

  private RecordedFiles read(Path folder) throws IOException {
    RecordedFiles files = read.get(folder);
    if (files == null) {
      files = RecordedFiles.read(folder);
      read.put(folder, files);
    }
    return files;
  }
}
