package dev.sparkquant.gguf.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * A stored file that can be read at any position. Implementations may be shared between threads
 * only if they say so; a position is given with each read, so readers do not disturb each other.
 */
public interface SeekableInput extends Closeable {

  /** What to call this input in messages: a path or URI. */
  String name();

  /** Length in bytes. */
  long length() throws IOException;

  /**
   * Reads exactly {@code length} bytes that start at byte {@code position} of the file into {@code
   * buffer} from {@code offset} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void readFully(long position, byte[] buffer, int offset, int length) throws IOException;
}
