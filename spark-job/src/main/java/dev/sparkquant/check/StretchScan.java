package dev.sparkquant.check;

import dev.sparkquant.gguf.io.Checksum;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.BlockValidation;
import dev.sparkquant.kernels.ByteSwap;
import java.io.IOException;
import java.util.Arrays;

/** What reading a stretch piece by piece brings to light. Pieces may come in any order. */
final class StretchScan {
  private static final long NONE = Long.MAX_VALUE;

  private final Stretch stretch;
  private final boolean bigEndian;
  private final Checksum[] checksums;

  /** Byte in the stretch: of the first block with NaN or infinity, or of padding that is set. */
  private long firstBad = NONE;

  StretchScan(Stretch stretch, boolean bigEndian) {
    this.stretch = stretch;
    this.bigEndian = bigEndian;
    this.checksums = new Checksum[stretch.pieces()];
  }

  Stretch stretch() {
    return stretch;
  }

  /**
   * Reads one piece.
   *
   * @param buffer that holds it
   * @return its length
   */
  int read(int piece, SeekableInput input, byte[] buffer) throws IOException {
    long offset = (long) piece * stretch.pieceBytes();
    int length = (int) Math.min(stretch.pieceBytes(), stretch.length() - offset);
    input.readFully(stretch.start() + offset, buffer, 0, length);
    Checksum checksum = Checksum.of(buffer, 0, length);
    long bad = firstBad(buffer, length);
    synchronized (this) {
      checksums[piece] = checksum;
      if (bad >= 0) {
        firstBad = Math.min(firstBad, offset + bad);
      }
    }
    return length;
  }

  private long firstBad(byte[] buffer, int length) {
    if (stretch.padding()) {
      for (int i = 0; i < length; i++) {
        if (buffer[i] != 0) {
          return i;
        }
      }
      return -1;
    }
    if (stretch.tensor() == null) {
      return -1;
    }
    if (bigEndian) {
      ByteSwap.toLittleEndian(stretch.type(), buffer, 0, length);
    }
    long block = BlockValidation.firstInvalidBlock(stretch.type(), buffer, 0, length);
    return block < 0 ? -1 : block * stretch.type().blockBytes();
  }

  /** Where the first bad byte or block starts, counted from the stretch's start; -1 if none. */
  synchronized long firstBad() {
    return firstBad == NONE ? -1 : firstBad;
  }

  /** Of the whole stretch, once all pieces are read. */
  synchronized Checksum checksum() {
    return Arrays.stream(checksums).reduce(Checksum.NONE, Checksum::then);
  }
}
