package dev.sparkquant.encode;

import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.BlockValidation;
import dev.sparkquant.kernels.ByteSwap;
import dev.sparkquant.plan.SourceTensor;
import java.io.IOException;

/**
 * Reads the bytes of a slice, several chunks at a time: a read of 256 KB costs a file system less a
 * byte than four of 64, and where it waits for a disk, it waits once. Checks them, and brings them
 * into little-endian order.
 */
final class SourceReader {
  private static final int READ = 1 << 18;

  private byte[] bytes = {};
  private int at;
  private int available;

  private SeekableInput input;
  private SourceTensor tensor;
  private long next;
  private long end;

  /** Begins a slice: {@code elements} of a tensor from {@code first} on. */
  void start(SeekableInput input, SourceTensor tensor, long first, long elements) {
    this.input = input;
    this.tensor = tensor;
    this.next = first;
    this.end = first + elements;
    this.at = 0;
    this.available = 0;
  }

  /**
   * Makes the next chunk available.
   *
   * @param elements of the chunk, the same each time but for the slice's last
   * @return where in {@link #bytes} it starts
   * @throws BadTensorException if there is NaN or infinity in what had to be read
   */
  int chunk(int elements) throws IOException, BadTensorException {
    int length = Math.toIntExact(tensor.type().bytes(elements));
    if (at == available) {
      int chunks = Math.max(1, READ / length);
      read((int) Math.min((long) chunks * elements, end - next));
    }
    int start = at;
    at += length;
    return start;
  }

  /** The memory that holds the chunk, until the next. */
  byte[] bytes() {
    return bytes;
  }

  private void read(int elements) throws IOException, BadTensorException {
    int length = Math.toIntExact(tensor.type().bytes(elements));
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    input.readFully(tensor.position() + tensor.type().bytes(next), bytes, 0, length);
    if (tensor.bigEndian()) {
      ByteSwap.toLittleEndian(tensor.type(), bytes, 0, length);
    }
    long bad = BlockValidation.firstInvalidBlock(tensor.type(), bytes, 0, length);
    if (bad >= 0) {
      throw new BadTensorException(
          "Cannot quantize "
              + SliceEncoder.place(tensor, tensor.type(), next, bad)
              + " holds NaN or infinity in "
              + tensor.file()
              + "; repair or re-export the model");
    }
    next += elements;
    at = 0;
    available = length;
  }
}
