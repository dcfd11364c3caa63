package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a header from start to end through a window of bounded size. Whatever would leave the file
 * or make the header too long is refused before anything is allocated for it.
 */
final class HeaderCursor {
  /** Longest header accepted, in bytes. Those of real models stay below a fifth of it. */
  static final long LARGEST_HEADER = 128L << 20;

  private static final int WINDOW = 1 << 16;
  private static final int LONGEST_QUOTE = 100;

  private final SeekableInput input;
  private final long length;
  private final ByteBuffer window;
  private long windowStart;
  private long position;

  HeaderCursor(SeekableInput input) throws IOException {
    this.input = input;
    this.length = input.length();
    this.window = ByteBuffer.allocate((int) Math.min(WINDOW, length));
    window.limit(0);
  }

  /** Length of the file in bytes. */
  long length() {
    return length;
  }

  /** Where the next read starts, in bytes from the start of the file. */
  long position() {
    return position;
  }

  ByteOrder order() {
    return window.order();
  }

  void order(ByteOrder order) {
    window.order(order);
  }

  /** Bytes that a header may still take here: to the end of the file or to the size limit. */
  long remaining() {
    return Math.min(length, LARGEST_HEADER) - position;
  }

  byte readByte(String what) throws IOException {
    return window.get(advance(1, what));
  }

  int readInt(String what) throws IOException {
    return window.getInt(advance(4, what));
  }

  long readLong(String what) throws IOException {
    return window.getLong(advance(8, what));
  }

  /**
   * Reads a u64 length and so many bytes of UTF-8 without NUL, at least one.
   *
   * @param longest most bytes allowed
   */
  String readName(int longest, String what) throws IOException {
    long start = position;
    long size = readLong("the length of " + what);
    if (size == 0) {
      throw damaged(start, what + " is empty");
    }
    if (size < 0 || size > longest) {
      throw damaged(
          start,
          what
              + " has a length of "
              + Long.toUnsignedString(size)
              + " bytes, but at most "
              + longest
              + " are allowed");
    }
    requireRemaining(size, what);
    byte[] bytes = skipAndCopy(size);
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw damaged(start + 8, what + " is not UTF-8: " + quote(bytes));
    }
    if (name.indexOf('\0') >= 0) {
      throw damaged(start + 8, what + " contains a NUL: " + quote(name));
    }
    return name;
  }

  /** Moves on by {@code size} bytes. */
  void skip(long size, String what) throws IOException {
    requireRemaining(size, what);
    position += size;
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
  GgufException damaged(long offset, String reason) {
    return new GgufException(input.name(), offset, reason);
  }

  /** A name as messages show it: quoted, control characters replaced, long ones cut. */
  static String quote(String name) {
    StringBuilder shown = new StringBuilder("'");
    name.codePoints()
        .limit(LONGEST_QUOTE)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    if (name.codePointCount(0, name.length()) > LONGEST_QUOTE) {
      shown.append("...");
    }
    return shown.append('\'').toString();
  }

  private static String quote(byte[] bytes) {
    int shown = Math.min(bytes.length, 2 * LONGEST_QUOTE);
    return quote(new String(Arrays.copyOf(bytes, shown), StandardCharsets.UTF_8));
  }

  private byte[] skipAndCopy(long size) throws IOException {
    long start = position;
    position += size;
    return copyFrom(start);
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
    if (size > LARGEST_HEADER - position) {
      throw damaged(
          position,
          "header is longer than " + LARGEST_HEADER + " bytes at " + what + ": no real model's is");
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
