package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;

/** An input that tells a listener of every read. */
record WatchedInput(SeekableInput input, ReadListener listener) implements SeekableInput {

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public long length() throws IOException {
    return input.length();
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
    listener.reads(length);
    input.readFully(position, buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
