package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.EOFException;

/** A file that holds the bytes given and zeros after them, up to any length. */
public final class MemoryInput implements SeekableInput {
  public static final String NAME = "memory";

  private final byte[] start;
  private final long length;
  private boolean closed;

  public MemoryInput(byte[] bytes) {
    this(bytes, bytes.length);
  }

  public MemoryInput(byte[] start, long length) {
    this.start = start;
    this.length = length;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int size) throws EOFException {
    if (position + size > length) {
      throw new EOFException();
    }
    for (int i = 0; i < size; i++) {
      long from = position + i;
      buffer[offset + i] = from < start.length ? start[(int) from] : 0;
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }
}
