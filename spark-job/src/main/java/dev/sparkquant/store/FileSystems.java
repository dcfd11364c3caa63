package dev.sparkquant.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** Finds the Hadoop file system of a path. */
public final class FileSystems {
  private FileSystems() {}

  /**
   * The file system that a path's scheme names.
   *
   * @throws StorageException if its classes are not there
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    try {
      return path.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException e) {
      throw missing(path, e);
    } catch (RuntimeException | LinkageError e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
          throw missing(path, e);
        }
      }
      throw e;
    }
  }

  private static StorageException missing(Path path, Throwable cause) {
    String scheme = path.toUri().getScheme();
    String remedy =
        "s3a".equals(scheme)
            ? "give '-- --packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion() + "'"
            : "give the library that has it with '-- --packages' or '-- --jars'";
    return new StorageException(
        "Cannot use "
            + path
            + ": the classes for "
            + scheme
            + ": are not there; "
            + remedy
            + " at the end of the command",
        cause);
  }
}
