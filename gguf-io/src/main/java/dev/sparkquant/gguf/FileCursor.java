package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a file from start to end through a window of bounded size. Whatever would leave the file or
 * pass the limit set is refused before anything is allocated for it.
 *
 * <p>Every read takes a name of what is read, for messages. It should be made once for many reads.
 */
public final class FileCursor {
  private static final int WINDOW = 1 << 16;

  private final SeekableInput input;
  private final long limit;
  private final long length;
  private final ByteBuffer window;
  private long windowStart;
  private long position;

  /**
   * Starts at the file's first byte, little-endian.
   *
   * @param limit bytes of the file that may be read
   */
  public FileCursor(SeekableInput input, long limit) throws IOException {
    this.input = input;
    this.limit = limit;
    this.length = input.length();
    this.window = ByteBuffer.allocate((int) Math.min(WINDOW, length));
    window.limit(0).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Length of the file in bytes. */
  public long length() {
    return length;
  }

  /** Where the next read starts, in bytes from the start of the file. */
  public long position() {
    return position;
  }

  /** The byte order of the numbers read. */
  public ByteOrder order() {
    return window.order();
  }

  /** Sets the byte order of the numbers read from here on. */
  public void order(ByteOrder order) {
    window.order(order);
  }

  /** Bytes that can still be read: to the end of the file or to the limit. */
  public long remaining() {
    return Math.min(length, limit) - position;
  }

  byte readByte(String what) throws IOException {
    return window.get(advance(1, what));
  }

  /** Reads 32 bits. */
  public int readInt(String what) throws IOException {
    return window.getInt(advance(4, what));
  }

  /** Reads 64 bits. */
  public long readLong(String what) throws IOException {
    return window.getLong(advance(8, what));
  }

  /**
   * Reads a u64 length and so many bytes of UTF-8 without NUL, at least one.
   *
   * @param longest most bytes allowed
   */
  public String readName(int longest, String what) throws IOException {
    long start = position;
    return readName(start, readLong(what), longest, what);
  }

  /** Like {@link #readName}, with a length of 32 bits. */
  public String readShortName(int longest, String what) throws IOException {
    long start = position;
    return readName(start, readInt(what), longest, what);
  }

  /** Reads so many bytes. */
  public byte[] readBytes(int size, String what) throws IOException {
    long start = position;
    skip(size, what);
    return copyFrom(start);
  }

  /** Moves on by {@code size} bytes. */
  public void skip(long size, String what) throws IOException {
    requireRemaining(size, what);
    position += size;
  }

  /** Moves to that byte of the file, ahead or back. */
  public void moveTo(long target, String what) throws IOException {
    position = 0;
    skip(target, what);
  }

  /**
   * Reads so many 32-bit floats as the array has elements.
   *
   * @param what they are, for messages
   */
  public void readFloats(float[] floats, String what) throws IOException {
    for (int i = 0; i < floats.length; i++) {
      floats[i] = window.getFloat(advance(4, what));
    }
  }

  /** The bytes from {@code start} to {@link #position()}, which were skipped or read before. */
  byte[] copyFrom(long start) throws IOException {
    byte[] copy = new byte[Math.toIntExact(position - start)];
    if (start >= windowStart && position <= windowStart + window.limit()) {
      window.get((int) (start - windowStart), copy);
    } else {
      readFully(start, copy, copy.length);
    }
    return copy;
  }

  /** The error to throw for damage at that byte. */
  public GgufException damaged(long offset, String reason) {
    return new GgufException(input.name(), offset, reason);
  }

  private String readName(long start, long size, int longest, String what) throws IOException {
    if (size == 0) {
      throw damaged(start, what + " is empty");
    }
    if (size < 0 || size > longest) {
      throw damaged(
          start,
          String.format(
              "%s has a length of %s bytes, but at most %d are allowed",
              what, Long.toUnsignedString(size), longest));
    }
    long textStart = position;
    byte[] bytes = readBytes((int) size, what);
    String name = new String(bytes, StandardCharsets.UTF_8);
    if (name.indexOf('\0') >= 0) {
      throw damaged(textStart, what + " contains a NUL: " + GgufException.quote(name));
    }
    if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw damaged(textStart, what + " is not UTF-8: " + GgufException.quote(name));
    }
    return name;
  }

  /** Makes {@code size} bytes available in the window, moves past them, returns their index. */
  private int advance(int size, String what) throws IOException {
    requireRemaining(size, what);
    if (position < windowStart || position + size > windowStart + window.limit()) {
      int filled = (int) Math.min(window.capacity(), length - position);
      readFully(position, window.array(), filled);
      window.limit(filled);
      windowStart = position;
    }
    int index = (int) (position - windowStart);
    position += size;
    return index;
  }

  private void requireRemaining(long size, String what) throws GgufException {
    if (size > length - position) {
      throw damaged(
          position,
          "file ends in "
              + what
              + ": "
              + size
              + " bytes wanted, "
              + (length - position)
              + " left; it is incomplete or damaged, get it again");
    }
    if (size > limit - position) {
      throw damaged(position, what + " passes the " + limit + " bytes that are allowed for all");
    }
  }

  private void readFully(long from, byte[] buffer, int size) throws IOException {
    try {
      input.readFully(from, buffer, 0, size);
    } catch (EOFException e) {
      GgufException truncated =
          damaged(from, "file ended while it was read: it was " + length + " bytes long before");
      truncated.initCause(e);
      throw truncated;
    }
  }
}
