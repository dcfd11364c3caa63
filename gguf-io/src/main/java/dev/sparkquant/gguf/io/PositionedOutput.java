package dev.sparkquant.gguf.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file under construction that takes bytes at any position, in any order, from several writers.
 */
public interface PositionedOutput extends Closeable {

  /** What to call this output in messages: a path or URI. */
  String name();

  /**
   * Writes {@code length} bytes of {@code buffer} from {@code offset} on, at byte {@code position}
   * of the file. Writing a range again with the same bytes is harmless.
   */
  void write(long position, byte[] buffer, int offset, int length) throws IOException;
}
