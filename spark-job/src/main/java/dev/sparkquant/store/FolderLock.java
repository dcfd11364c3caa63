package dev.sparkquant.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a local folder to one run at a time, by a locked file in it. The operating system gives the
 * lock up when the process ends, however it ends.
 */
public final class FolderLock implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** The file that is locked. */
  public static Path file(Path folder) {
    return folder.resolve("lock");
  }

  /**
   * Takes the lock of an existing folder; empty if another run has it, in this process or in
   * another.
   */
  public static Optional<FolderLock> take(Path folder) throws IOException {
    Path file = file(folder);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      // A run that has just ended may have deleted the file that was opened here.
      if (lock != null && Files.exists(file)) {
        return Optional.of(new FolderLock(file, channel, lock));
      }
    } catch (OverlappingFileLockException e) {
      // Another run in this process has it.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /** Deletes the file, then gives the lock up. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      lock.close();
      channel.close();
    }
  }
}
