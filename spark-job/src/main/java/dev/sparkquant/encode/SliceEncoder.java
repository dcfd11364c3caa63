package dev.sparkquant.encode;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.BlockValidation;
import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Carries slices through: reads a chunk of rows by position, decodes it to floats once, encodes it
 * to each type wanted, measures the error, and writes the bytes where they belong.
 *
 * <p>Memory is bounded, whatever the size of slice and tensor, by the {@link Chunk} and what is
 * read and written at a time, and used again. Not for use by several threads at once.
 */
public final class SliceEncoder {
  /** Finds the open files that a slice reads and writes. */
  public interface Files {
    SeekableInput input(String file) throws IOException;

    PositionedOutput output(int index) throws IOException;
  }

  /**
   * Elements decoded at a time to measure their errors: few enough for the nearest cache, whole
   * blocks of every type, and a multiple of what the meter sums up at a time.
   */
  private static final int MEASURED = 2048;

  private final Files files;
  private final Map<GgmlType, RowEncoder> encoders = new EnumMap<>(GgmlType.class);
  private final List<byte[]> gathered = new ArrayList<>();
  private final SourceReader source = new SourceReader();
  private byte[] encoded = {};
  private float[] floats = {};
  private final float[] decoded = new float[MEASURED];

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

    List<Encoding> encodings = new ArrayList<>();
    for (Target target : slice.targets()) {
      if (gathered.size() == encodings.size()) {
        gathered.add(new byte[TargetWriter.GATHERED]);
      }
      encodings.add(
          new Encoding(target, new TargetWriter(target, files, gathered.get(encodings.size()))));
    }
    source.start(files.input(tensor.file()), tensor, slice.firstElement(), slice.elements());
    for (long done = 0; done < slice.elements(); done += chunkElements) {
      int elements = (int) Math.min(chunkElements, slice.elements() - done);
      long first = slice.firstElement() + done;
      int chunk = source.chunk(elements);
      if (!copyOnly) {
        floats = atLeast(floats, elements);
        Kernels.decoder(tensor.type()).decode(source.bytes(), chunk, elements, floats, 0);
      }
      for (Encoding encoding : encodings) {
        if (encoding.target.type() == tensor.type()) {
          int length = Math.toIntExact(tensor.type().bytes(elements));
          encoding.writer.add(source.bytes(), chunk, length);
        } else {
          long start = System.nanoTime();
          int length = encodeChunk(tensor, encoding.target.type(), first, elements, importance);
          encoding.nanoseconds += System.nanoTime() - start;
          measure(encoding, elements);
          encoding.writer.add(encoded, 0, length);
        }
      }
    }
    double squares = 0;
    List<TargetResult> results = new ArrayList<>();
    for (Encoding encoding : encodings) {
      encoding.writer.flush();
      squares = Math.max(squares, encoding.errors.squaredSource());
      results.add(encoding.result());
    }
    return new SliceResult(slice.id(), squares, results, false);
  }

  /** What becomes of a slice under one of its targets. */
  private static final class Encoding {
    private final Target target;
    private final TargetWriter writer;
    private final ErrorMeter errors = Kernels.errorMeter();
    private long nanoseconds;

    Encoding(Target target, TargetWriter writer) {
      this.target = target;
      this.writer = writer;
    }

    TargetResult result() {
      return new TargetResult(
          target.type(),
          writer.written(),
          writer.checksum(),
          errors.squaredError(),
          errors.largestError(),
          nanoseconds);
    }
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

  /** Measures how far the blocks just encoded are from what they stand for. */
  private void measure(Encoding encoding, int elements) {
    GgmlType type = encoding.target.type();
    RowDecoder decoder = Kernels.decoder(type);
    for (int from = 0; from < elements; from += MEASURED) {
      int count = Math.min(MEASURED, elements - from);
      decoder.decode(encoded, Math.toIntExact(type.bytes(from)), count, decoded, 0);
      encoding.errors.add(floats, from, decoded, count);
    }
  }

  /** Names a block, as the beginning of a sentence about it. */
  static String place(SourceTensor tensor, GgmlType type, long first, long block) {
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
