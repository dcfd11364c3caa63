package dev.sparkquant.store;

import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * Opens inputs by name: a plain path or {@code file:} URI is read directly, any other URI through
 * its Hadoop file system.
 */
public final class Storage implements InputOpener {
  private static final Pattern URI_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private final Configuration configuration;

  public Storage(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Hadoop's settings. */
  public Configuration configuration() {
    return configuration;
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
    FileStatus status = FileSystems.of(path, configuration).getFileStatus(path);
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
      return new HadoopInput(new org.apache.hadoop.fs.Path(name), configuration);
    }
    if (Files.isDirectory(local.get())) {
      throw new StorageException("Cannot read " + name + ": it is a directory, not a file");
    }
    // Under the name given, which is what messages and metadata are to show.
    return LocalFileInput.open(name.startsWith("file:") ? local.get() : Path.of(name));
  }
}
