package dev.sparkquant.gguf.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A local file as input. Threads may share one; but a thread that is interrupted while it reads
 * closes the file for all of them, as {@link FileChannel} does.
 */
public final class LocalFileInput implements SeekableInput {
  private final String name;
  private final FileChannel channel;

  private LocalFileInput(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  public static LocalFileInput open(Path path) throws IOException {
    return new LocalFileInput(path.toString(), FileChannel.open(path, StandardOpenOption.READ));
  }

  /** The path as it was given to {@link #open}. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, LocalFileOutput.LARGEST_TRANSFER);
      int read = channel.read(ByteBuffer.wrap(buffer, offset + done, step), position + done);
      if (read < 0) {
        throw new EOFException(
            name + ": file ends at byte " + (position + done) + ", " + (length - done) + " short");
      }
      done += read;
    }
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
