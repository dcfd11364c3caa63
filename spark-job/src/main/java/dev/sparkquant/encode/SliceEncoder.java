package dev.sparkquant.encode;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.BlockValidation;
import dev.sparkquant.kernels.ByteSwap;
import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Carries slices through: reads a chunk of rows by position, checks it, decodes it to floats once,
 * encodes it to each type wanted, measures the error, and writes the bytes where they belong.
 *
 * <p>Memory is bounded by the {@link Chunk}, whatever the size of slice and tensor, and used again.
 * Not for use by several threads at once.
 */
public final class SliceEncoder {
  /** Finds the open files that a slice reads and writes. */
  public interface Files {
    SeekableInput input(String file) throws IOException;

    PositionedOutput output(int index) throws IOException;
  }

  private final Files files;
  private final Map<GgmlType, RowEncoder> encoders = new EnumMap<>(GgmlType.class);
  private byte[] source = {};
  private byte[] encoded = {};
  private float[] floats = {};
  private float[] decoded = {};

  public SliceEncoder(Files files) {
    this.files = files;
  }

  /**
   * Carries one slice through.
   *
   * @param importance the importance matrix's values for the tensor, {@code rowLength} for each of
   *     its matrices; null for none
   * @throws BadTensorException if the source holds NaN or infinity, or an encoder's scales do
   * @throws IOException if reading or writing fails
   */
  public SliceResult encode(SourceTensor tensor, Slice slice, float[] importance)
      throws IOException, BadTensorException {
    boolean copyOnly = slice.targets().stream().allMatch(t -> t.type() == tensor.type());
    long chunkElements =
        copyOnly
            ? Chunk.ofBlocks(tensor.type().blockLength())
            : Chunk.ofRows(tensor.rowLength(), importance != null);

    List<Target> targets = slice.targets();
    long[] bytes = new long[targets.size()];
    long[] nanos = new long[targets.size()];
    List<ErrorMeter> errors = new ArrayList<>();
    List<CRC32C> checksums = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      errors.add(Kernels.errorMeter());
      checksums.add(new CRC32C());
    }

    SeekableInput input = files.input(tensor.file());
    for (long done = 0; done < slice.elements(); done += chunkElements) {
      int elements = (int) Math.min(chunkElements, slice.elements() - done);
      long first = slice.firstElement() + done;
      int sourceBytes = readChunk(input, tensor, first, elements);
      if (!copyOnly) {
        floats = atLeast(floats, elements);
        Kernels.decoder(tensor.type()).decode(source, 0, elements, floats, 0);
      }
      for (int t = 0; t < targets.size(); t++) {
        GgmlType type = targets.get(t).type();
        byte[] result = source;
        int length = sourceBytes;
        if (type != tensor.type()) {
          long start = System.nanoTime();
          length = encodeChunk(tensor, type, first, elements, importance);
          nanos[t] += System.nanoTime() - start;
          result = encoded;
          errors.get(t).add(floats, decodeChunk(type, elements), elements);
        }
        for (Destination destination : targets.get(t).destinations()) {
          files
              .output(destination.output())
              .write(destination.position() + bytes[t], result, 0, length);
        }
        checksums.get(t).update(result, 0, length);
        bytes[t] += length;
      }
    }

    double squares = 0;
    List<TargetResult> results = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      ErrorMeter error = errors.get(t);
      squares = Math.max(squares, error.squaredSource());
      results.add(
          new TargetResult(
              targets.get(t).type(),
              bytes[t],
              (int) checksums.get(t).getValue(),
              error.squaredError(),
              error.largestError(),
              nanos[t]));
    }
    return new SliceResult(slice.id(), squares, results, false);
  }

  private int readChunk(SeekableInput input, SourceTensor tensor, long first, int elements)
      throws IOException, BadTensorException {
    int length = Math.toIntExact(tensor.type().bytes(elements));
    source = atLeast(source, length);
    input.readFully(tensor.position() + tensor.type().bytes(first), source, 0, length);
    if (tensor.bigEndian()) {
      ByteSwap.toLittleEndian(tensor.type(), source, 0, length);
    }
    long bad = BlockValidation.firstInvalidBlock(tensor.type(), source, 0, length);
    if (bad >= 0) {
      throw new BadTensorException(
          "Cannot quantize "
              + place(tensor, tensor.type(), first, bad)
              + " holds NaN or infinity in "
              + tensor.file()
              + "; repair or re-export the model");
    }
    return length;
  }

  private int encodeChunk(
      SourceTensor tensor, GgmlType type, long first, int elements, float[] importance)
      throws BadTensorException {
    int rowLength = Math.toIntExact(tensor.rowLength());
    int length = Math.toIntExact(type.bytes(elements));
    encoded = atLeast(encoded, length);
    long matrix = first / rowLength / tensor.rowsPerMatrix();
    encoders
        .computeIfAbsent(type, Kernels::encoder)
        .encode(
            floats,
            0,
            elements / rowLength,
            rowLength,
            importance,
            importance == null ? 0 : Math.toIntExact(matrix * rowLength),
            encoded,
            0);
    long bad = BlockValidation.firstInvalidBlock(type, encoded, 0, length);
    if (bad >= 0) {
      throw new BadTensorException(
          "Cannot encode "
              + place(tensor, type, first, bad)
              + " is beyond the range of "
              + type
              + "; give this tensor a wider type such as BF16");
    }
    return length;
  }

  private float[] decodeChunk(GgmlType type, int elements) {
    RowDecoder decoder = Kernels.decoder(type);
    decoded = atLeast(decoded, elements);
    decoder.decode(encoded, 0, elements, decoded, 0);
    return decoded;
  }

  private static String place(SourceTensor tensor, GgmlType type, long first, long block) {
    long element = first + block * type.blockLength();
    long row = element / tensor.rowLength();
    long column = element % tensor.rowLength();
    String columns =
        type.blockLength() == 1
            ? "column " + column
            : "the block at column " + column + " (" + type.blockLength() + " wide)";
    return tensor.name() + ": row " + row + ", " + columns;
  }

  private static byte[] atLeast(byte[] buffer, int length) {
    return buffer.length >= length ? buffer : new byte[length];
  }

  private static float[] atLeast(float[] buffer, int length) {
    return buffer.length >= length ? buffer : new float[length];
  }
}
