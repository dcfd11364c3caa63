package dev.sparkquant.cli;

import dev.sparkquant.check.RecordedFile;
import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.report.RecordedFiles;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    Optional<Path> local = Storage.localPath(file);
    for (Path folder : named != null ? List.of(named) : beside(local)) {
      if (named != null || RecordedFiles.isIn(folder)) {
        Optional<RecordedFile> recorded = read(folder).of(Storage.absolute(file));
        if (recorded.isPresent()) {
          return recorded;
        }
      }
    }
    if (named != null) {
      throw new StorageException(
          "Cannot verify " + file + ": the run in " + named + " did not write a file of that name");
    }
    return Optional.empty();
  }

  private static List<Path> beside(Optional<Path> file) {
    if (file.isEmpty() || file.get().getFileName() == null) {
      return List.of();
    }
    String path = file.get().toString();
    String stem = path.endsWith(".gguf") ? path.substring(0, path.length() - 5) : path;
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(stem + ".run"));
    ShardName.parse(path).ifPresent(shard -> folders.add(Path.of(shard.prefix() + ".run")));
    folders.add(file.get().resolveSibling("run"));
    return folders;
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
