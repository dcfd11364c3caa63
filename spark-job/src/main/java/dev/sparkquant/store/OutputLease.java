package dev.sparkquant.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write an output, on storage without locks: a file that its owner writes anew every
 * few seconds. Whoever finds it older than a minute may take it over; the former owner finds out
 * before it publishes.
 */
final class OutputLease implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);
  private static final long RENEWAL_SECONDS = 10;
  private static final long LIFETIME_MILLIS = 60_000;

  private final FileSystem fileSystem;
  private final Path file;
  private final byte[] owner = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal = new Thread(this::renewUntilClosed, "output-lease");

  private OutputLease(FileSystem fileSystem, Path file) {
    this.fileSystem = fileSystem;
    this.file = file;
  }

  /**
   * Takes the lease of an output.
   *
   * @throws StorageException if another run has it
   */
  static OutputLease take(FileSystem fileSystem, Path file, Path output) throws IOException {
    OutputLease lease = new OutputLease(fileSystem, file);
    if (!lease.create()) {
      lease.deleteIfStale(output);
      if (!lease.create()) {
        throw busy(output, file);
      }
    }
    lease.renewal.setDaemon(true);
    lease.renewal.start();
    return lease;
  }

  /** Writes the file if there is none; which of several at the same time succeeds is one. */
  private boolean create() throws IOException {
    try {
      FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
      builder
          .overwrite(false)
          .recursive()
          .opt(Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      try (FSDataOutputStream out = (FSDataOutputStream) builder.build()) {
        out.write(owner);
      }
      return true;
    } catch (IOException e) {
      if (fileSystem.exists(file)) {
        return false;
      }
      throw e;
    }
  }

  private void deleteIfStale(Path output) throws IOException {
    FileStatus status = fileSystem.getFileStatus(file);
    if (storageTime() - status.getModificationTime() < LIFETIME_MILLIS) {
      throw busy(output, file);
    }
    fileSystem.delete(file, false);
  }

  /** Now, by the clock that gives files their times. */
  private long storageTime() throws IOException {
    Path probe = new Path(file.getParent(), "probe-" + UUID.randomUUID());
    try {
      fileSystem.create(probe).close();
      return fileSystem.getFileStatus(probe).getModificationTime();
    } finally {
      fileSystem.delete(probe, false);
    }
  }

  private static StorageException busy(Path output, Path file) {
    return new StorageException(
        "Cannot write "
            + output
            + ": another run is writing it now, or was killed less than a minute ago ("
            + file
            + " is not older)");
  }

  private void renewUntilClosed() {
    try {
      while (!closed.await(RENEWAL_SECONDS, TimeUnit.SECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void renew() {
    try {
      if (closed.getCount() > 0 && isHeld()) {
        try (FSDataOutputStream out = fileSystem.create(file, true)) {
          out.write(owner);
        }
      }
    } catch (IOException e) {
      // The next renewal may succeed; a lease that has gone to another run shows before publishing.
      LOG.warn("Cannot renew {}", file, e);
    }
  }

  private boolean isHeld() throws IOException {
    byte[] content = new byte[owner.length];
    try (FSDataInputStream in = fileSystem.open(file)) {
      in.readFully(0, content);
    } catch (FileNotFoundException | EOFException e) {
      return false;
    }
    return Arrays.equals(content, owner);
  }

  /**
   * Checks that no other run has taken the lease over.
   *
   * @throws StorageException if one has
   */
  synchronized void requireHeld(String output) throws IOException {
    if (!isHeld()) {
      throw new StorageException(
          "Cannot publish "
              + output
              + ": this run did not show for a minute, and another one has taken over");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed.countDown();
    if (isHeld()) {
      fileSystem.delete(file, false);
    }
  }
}
