package dev.sparkquant.gguf.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A local file under construction. Threads and processes may write disjoint ranges of one file at
 * the same time, each through its own output or a shared one.
 */
public final class LocalFileOutput implements PositionedOutput {
  /**
   * Bytes handed to a channel at once. The JDK copies heap arrays through a direct buffer as large
   * as the request and keeps it with the thread; this bounds it.
   */
  static final int LARGEST_TRANSFER = 1 << 20;

  private final String name;
  private final FileChannel channel;

  private LocalFileOutput(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Creates a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it exists
   */
  public static LocalFileOutput create(Path path) throws IOException {
    return new LocalFileOutput(
        path.toString(),
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Opens a file that exists, keeping what it holds.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  public static LocalFileOutput open(Path path) throws IOException {
    return new LocalFileOutput(path.toString(), FileChannel.open(path, StandardOpenOption.WRITE));
  }

  /** The path as it was given. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(long position, byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, LARGEST_TRANSFER);
      done += write(ByteBuffer.wrap(buffer, offset + done, step), position + done);
    }
  }

  private int write(ByteBuffer bytes, long position) throws IOException {
    try {
      return channel.write(bytes, position);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      // The system says why, such as "No space left on device", but not where.
      throw new IOException("Cannot write " + name + ": " + e.getMessage(), e);
    }
  }

  /** Returns when everything written so far, and the file's length, is on the device. */
  public void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
