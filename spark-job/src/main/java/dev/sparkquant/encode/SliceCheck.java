package dev.sparkquant.encode;

import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Slice;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Tells whether what an earlier run recorded of a slice is what stands in the outputs, by reading
 * it back. Not for use by several threads at once.
 */
public final class SliceCheck {
  /** Finds the open outputs. */
  @FunctionalInterface
  public interface Files {
    SeekableInput output(int index) throws IOException;
  }

  private final Files files;
  private final byte[] buffer = new byte[1 << 16];

  public SliceCheck(Files files) {
    this.files = files;
  }

  /** Whether every destination of every target holds bytes of the checksum recorded. */
  public boolean holds(Slice slice, SliceResult recorded) throws IOException {
    for (int t = 0; t < slice.targets().size(); t++) {
      TargetResult target = recorded.targets().get(t);
      for (Destination destination : slice.targets().get(t).destinations()) {
        if (!holds(destination, target.bytes(), target.checksum())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(Destination destination, long bytes, int checksum) throws IOException {
    SeekableInput file = files.output(destination.output());
    if (file.length() < destination.position() + bytes) {
      return false;
    }
    CRC32C sum = new CRC32C();
    for (long done = 0; done < bytes; done += buffer.length) {
      int length = (int) Math.min(buffer.length, bytes - done);
      file.readFully(destination.position() + done, buffer, 0, length);
      sum.update(buffer, 0, length);
    }
    return (int) sum.getValue() == checksum;
  }
}
