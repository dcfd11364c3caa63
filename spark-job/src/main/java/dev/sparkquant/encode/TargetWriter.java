package dev.sparkquant.encode;

import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Target;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Takes a target's bytes of a slice to all its destinations. Small pieces are gathered first: a
 * write of 16 KB costs a file system twice as much a byte as one of 256 KB.
 */
final class TargetWriter {
  /**
   * Bytes of a write, small enough to stay in a core's own cache with what is encoded meanwhile.
   */
  static final int GATHERED = 1 << 18;

  private final Target target;
  private final SliceEncoder.Files files;
  private final byte[] gathered;
  private final CRC32C checksum = new CRC32C();
  private int pending;
  private long written;

  /**
   * @param gathered scratch memory of {@link #GATHERED} bytes
   */
  TargetWriter(Target target, SliceEncoder.Files files, byte[] gathered) {
    this.target = target;
    this.files = files;
    this.gathered = gathered;
  }

  /** Adds {@code length} bytes from {@code bytes[offset]} on, which may be used again at once. */
  void add(byte[] bytes, int offset, int length) throws IOException {
    checksum.update(bytes, offset, length);
    if (pending + length > gathered.length) {
      flush();
    }
    if (length > gathered.length) {
      write(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, gathered, pending, length);
      pending += length;
    }
  }

  /** Writes what is still gathered. */
  void flush() throws IOException {
    if (pending > 0) {
      write(gathered, 0, pending);
      pending = 0;
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    for (Destination destination : target.destinations()) {
      files
          .output(destination.output())
          .write(destination.position() + written, bytes, offset, length);
    }
    written += length;
  }

  /** Bytes written to each destination. */
  long written() {
    return written;
  }

  /** CRC-32C of all bytes added. */
  int checksum() {
    return (int) checksum.getValue();
  }
}
