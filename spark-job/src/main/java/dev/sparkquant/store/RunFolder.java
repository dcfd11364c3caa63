package dev.sparkquant.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * The folder for a run's record and tables. On a file system that is not local, it is written to a
 * temporary local folder first, and copied when it is complete.
 */
public final class RunFolder implements Closeable {
  private final String name;
  private final Path local;
  private final Storage storage;
  private final boolean isStaged;

  private RunFolder(String name, Path local, boolean isStaged, Storage storage) {
    this.name = name;
    this.local = local;
    this.isStaged = isStaged;
    this.storage = storage;
  }

  /** The folder of that name, a path or a URI; it need not exist. */
  public static RunFolder of(String name, Storage storage) throws IOException {
    Optional<Path> path = Storage.localPath(name);
    if (path.isPresent()) {
      return new RunFolder(name, path.get(), false, storage);
    }
    storage.fileSystem(new org.apache.hadoop.fs.Path(name));
    return new RunFolder(name, Files.createTempDirectory("sparkquant"), true, storage);
  }

  /** As it was given. */
  public String name() {
    return name;
  }

  /** Where to write its files. */
  public Path local() {
    return local;
  }

  /** Copies what has been written to where it belongs, replacing files of the same names. */
  public void publish() throws IOException {
    if (!isStaged) {
      return;
    }
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(name);
    FileSystem fileSystem = storage.fileSystem(folder);
    for (Path file : files(Files::isRegularFile)) {
      org.apache.hadoop.fs.Path target =
          new org.apache.hadoop.fs.Path(folder, local.relativize(file).toString());
      fileSystem.copyFromLocalFile(
          false, true, new org.apache.hadoop.fs.Path(file.toUri()), target);
    }
  }

  private List<Path> files(Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(local)) {
      return files.filter(wanted).sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Deletes the temporary folder, if there is one. */
  @Override
  public void close() throws IOException {
    if (isStaged) {
      for (Path file : files(any -> true)) {
        Files.delete(file);
      }
    }
  }
}
