package dev.sparkquant.store;

import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Opens inputs by name: a plain path or {@code file:} URI is read directly, any other URI through
 * its Hadoop file system. Hadoop's settings are read when they are first needed, which takes half a
 * second: a run on local files prepares without them.
 */
public final class Storage implements InputOpener {
  private static final Pattern URI_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private final Supplier<Configuration> settings;
  private Configuration configuration;

  /**
   * @param settings reads Hadoop's settings; called once at most
   */
  public Storage(Supplier<Configuration> settings) {
    this.settings = settings;
  }

  public Storage(Configuration configuration) {
    this(() -> configuration);
  }

  /** Hadoop's settings. */
  public synchronized Configuration configuration() {
    if (configuration == null) {
      configuration = settings.get();
    }
    return configuration;
  }

  /** The Hadoop file system of a path. */
  FileSystem fileSystem(org.apache.hadoop.fs.Path path) throws IOException {
    return FileSystems.of(path, configuration());
  }

  /** The local path that a name stands for, or nothing if it names another file system. */
  public static Optional<Path> localPath(String name) {
    if (!URI_SCHEME.matcher(name).matches()) {
      return Optional.of(Path.of(name).toAbsolutePath().normalize());
    }
    return name.startsWith("file:")
        ? Optional.of(Path.of(URI.create(name).getPath()).toAbsolutePath().normalize())
        : Optional.empty();
  }

  /** A name that means the same file from any folder: local paths become absolute. */
  public static String absolute(String name) {
    return localPath(name).map(Path::toString).orElse(name);
  }

  /** What tells, now and later, whether a file has changed. */
  public FileStamp stamp(String name) throws IOException {
    Optional<Path> local = localPath(name);
    if (local.isPresent()) {
      return new FileStamp(
          name, Files.size(local.get()), Files.getLastModifiedTime(local.get()).toMillis());
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(name);
    FileStatus status = fileSystem(path).getFileStatus(path);
    return new FileStamp(name, status.getLen(), status.getModificationTime());
  }

  /**
   * Opens an existing file.
   *
   * @throws java.nio.file.NoSuchFileException or {@link java.io.FileNotFoundException} if there is
   *     none
   * @throws StorageException if it is a directory
   */
  @Override
  public SeekableInput open(String name) throws IOException {
    Optional<Path> local = localPath(name);
    if (local.isEmpty()) {
      return new HadoopInput(new org.apache.hadoop.fs.Path(name), configuration());
    }
    if (Files.isDirectory(local.get())) {
      throw new StorageException("Cannot read " + name + ": it is a directory, not a file");
    }
    // Under the name given, which is what messages and metadata are to show.
    return LocalFileInput.open(name.startsWith("file:") ? local.get() : Path.of(name));
  }
}
