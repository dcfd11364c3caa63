package dev.sparkquant.store;

import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A part that is being filled, in a local scratch file: storage wants to know a part's length and
 * may want to read it again, and several parts can be large. The file has no name any more once it
 * is open, where the system allows that, so that nothing stays behind however the process ends.
 */
final class ScratchPart implements PositionedOutput {
  /** Bytes handed to the channel at once, as the JDK copies them through memory of its own. */
  private static final int LARGEST_TRANSFER = 1 << 20;

  private final String name;
  private final PartRange range;
  private final FileChannel channel;

  /**
   * @param name of the output, for messages
   * @param folder for scratch files
   */
  ScratchPart(String name, PartRange range, Path folder) throws IOException {
    this.name = name;
    this.range = range;
    Files.createDirectories(folder);
    this.channel =
        FileChannel.open(
            folder.resolve("sparkquant-" + UUID.randomUUID()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    channel.write(ByteBuffer.allocate(1), range.length() - 1);
  }

  PartRange range() {
    return range;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(long position, byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (position < range.start() || position + length > range.end()) {
      throw new IOException(
          "Cannot write bytes "
              + position
              + " to "
              + (position + length)
              + " of "
              + name
              + ": this task makes "
              + range.start()
              + " to "
              + range.end());
    }
    int done = 0;
    while (done < length) {
      ByteBuffer bytes =
          ByteBuffer.wrap(buffer, offset + done, Math.min(length - done, LARGEST_TRANSFER));
      done += channel.write(bytes, position - range.start() + done);
    }
  }

  /** The part from its first byte to its last. */
  InputStream read() {
    return new Reader();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Can go back any distance, so that storage can send the part again. */
  private final class Reader extends InputStream {
    private long position;
    private long mark;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      int read =
          channel.read(
              ByteBuffer.wrap(buffer, offset, Math.min(length, LARGEST_TRANSFER)), position);
      position += Math.max(read, 0);
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(range.length() - position, Integer.MAX_VALUE);
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public synchronized void mark(int limit) {
      mark = position;
    }

    @Override
    public synchronized void reset() {
      position = mark;
    }
  }
}
