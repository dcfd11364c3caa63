package dev.sparkquant.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * The next bytes of a file, fetched before they are asked for: more each time, up to a few
 * mebibytes, and in several requests at once where the stream offers vectored reads.
 */
final class ReadAhead {
  private static final int FIRST = 1 << 18;
  private static final int MOST = 1 << 22;

  /** Bytes of one request of several: enough for the transfer to outweigh the request. */
  private static final int REQUEST = 1 << 20;

  private final FSDataInputStream stream;
  private final long length;
  private final boolean isVectored;
  private byte[] window = {};
  private long start;
  private int filled;
  private int size = FIRST;

  /**
   * @param isVectored whether several ranges are better asked for at once
   */
  ReadAhead(FSDataInputStream stream, long length, boolean isVectored) {
    this.stream = stream;
    this.length = length;
    this.isVectored = isVectored;
  }

  /**
   * Reads from the window, moving it on as needed.
   *
   * @return false, and nothing done, if the range is better read directly
   */
  boolean read(long position, byte[] buffer, int offset, int count) throws IOException {
    if (count > MOST / 2 || position + count > length) {
      return false;
    }
    int done = 0;
    while (done < count) {
      long at = position + done;
      if (at < start || at >= start + filled) {
        fill(at);
      }
      int from = (int) (at - start);
      int step = Math.min(count - done, filled - from);
      System.arraycopy(window, from, buffer, offset + done, step);
      done += step;
    }
    return true;
  }

  private void fill(long position) throws IOException {
    int count = (int) Math.min(size, length - position);
    size = Math.min(size * 2, MOST);
    if (window.length < count) {
      window = new byte[count];
    }
    filled = 0;
    if (isVectored && count > REQUEST) {
      readVectored(position, count);
    } else {
      stream.readFully(position, window, 0, count);
    }
    start = position;
    filled = count;
  }

  private void readVectored(long position, int count) throws IOException {
    List<FileRange> ranges = new ArrayList<>();
    for (int done = 0; done < count; done += REQUEST) {
      ranges.add(FileRange.createFileRange(position + done, Math.min(REQUEST, count - done)));
    }
    stream.readVectored(ranges, ByteBuffer::allocate);
    for (FileRange range : ranges) {
      ByteBuffer data = FutureIO.awaitFuture(range.getData());
      data.get(window, (int) (range.getOffset() - position), range.getLength());
    }
  }
}
