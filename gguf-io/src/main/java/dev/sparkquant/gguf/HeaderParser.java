package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one header and remembers where its parts stand, for messages. */
final class HeaderParser {
  /** Longest header accepted, in bytes. Those of real models stay below a fifth of it. */
  static final long LARGEST_HEADER = 128L << 20;

  private static final int OLDEST_VERSION = 2;
  private static final int NEWEST_VERSION = 3;

  /** Versions above this are those of the other byte order. */
  private static final int LARGEST_VERSION = 0xFFFF;

  private final FileCursor cursor;
  private final MetadataReader metadataReader;

  /** Where each tensor info starts, and where the last one ends. */
  private final List<Long> tensorPositions = new ArrayList<>();

  HeaderParser(SeekableInput input) throws IOException {
    cursor = new FileCursor(input, LARGEST_HEADER);
    metadataReader = new MetadataReader(cursor);
  }

  /** Reads the header. To be called once. */
  GgufHeader parse() throws IOException {
    Magic.check(cursor);
    int version = readVersion();
    int tensorCount =
        readCount("tensors", TensorInfoReader.MOST_TENSORS, TensorInfoReader.SHORTEST_INFO);
    int pairCount =
        readCount("metadata pairs", MetadataReader.MOST_PAIRS, MetadataReader.SHORTEST_PAIR);
    Metadata metadata = metadataReader.read(pairCount);
    checkAlignment(metadata);
    List<TensorInfo> tensors = readTensors(tensorCount);
    int alignment = metadata.alignment();
    // Like ggml: a file without tensors need not be padded after its header.
    long dataOffset =
        tensors.isEmpty() ? cursor.position() : Alignment.pad(cursor.position(), alignment);
    checkOffsets(tensors, alignment);
    checkLength(tensors, dataOffset);
    return new GgufHeader(version, cursor.order(), metadata, tensors, alignment, dataOffset);
  }

  /** Where the metadata pair of that key starts in the file, in bytes. */
  Map<String, Long> pairPositions() {
    return metadataReader.positions();
  }

  /** Where the info of tensor {@code index} starts in the file, in bytes. */
  long tensorPosition(int index) {
    return tensorPositions.get(index);
  }

  private int readVersion() throws IOException {
    long start = cursor.position();
    int version = cursor.readInt("the version");
    int swapped = Integer.reverseBytes(version);
    if (!isVersion(version) && isVersion(swapped)) {
      version = swapped;
      cursor.order(ByteOrder.BIG_ENDIAN);
    }
    if (!isVersion(version)) {
      throw cursor.damaged(
          start, "version is " + Integer.toUnsignedString(version) + ", which no GGUF file has");
    }
    if (version < OLDEST_VERSION) {
      throw cursor.damaged(
          start, "GGUF version 1 is no longer supported: convert the model anew with llama.cpp");
    }
    if (version > NEWEST_VERSION) {
      throw cursor.damaged(
          start,
          "GGUF version " + version + " is newer than the versions 2 and 3 that can be read");
    }
    return version;
  }

  private static boolean isVersion(int version) {
    return version > 0 && version <= LARGEST_VERSION;
  }

  private int readCount(String what, int most, int leastBytes) throws IOException {
    long start = cursor.position();
    long count = cursor.readLong("the number of " + what);
    if (count < 0 || count > most) {
      throw cursor.damaged(
          start,
          "header claims "
              + Long.toUnsignedString(count)
              + " "
              + what
              + ", but at most "
              + most
              + " are allowed");
    }
    if (count > cursor.remaining() / leastBytes) {
      throw cursor.damaged(
          start,
          String.format(
              "header claims %d %s, at least %d bytes each, but only %d bytes are left in the file",
              count, what, leastBytes, cursor.remaining()));
    }
    return (int) count;
  }

  private void checkAlignment(Metadata metadata) throws GgufException {
    MetadataValue alignment = metadata.get(Alignment.KEY).orElse(null);
    if (alignment != null) {
      String problem = Alignment.problem(alignment).orElse(null);
      if (problem != null) {
        throw cursor.damaged(pairPositions().get(Alignment.KEY), problem);
      }
    }
  }

  private List<TensorInfo> readTensors(int count) throws IOException {
    TensorInfoReader reader = new TensorInfoReader(cursor);
    List<TensorInfo> tensors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tensorPositions.add(cursor.position());
      tensors.add(reader.read(i));
    }
    tensorPositions.add(cursor.position());
    return tensors;
  }

  /**
   * Refuses, as ggml does, tensors whose data do not follow each other in header order with padding
   * to the alignment between them: so none overlap, and none are misaligned.
   */
  private void checkOffsets(List<TensorInfo> tensors, int alignment) throws GgufException {
    long expected = 0;
    for (int i = 0; i < tensors.size(); i++) {
      TensorInfo tensor = tensors.get(i);
      // The offset is the last field of an info.
      long position = tensorPositions.get(i + 1) - 8;
      if (tensor.offset() != expected) {
        throw cursor.damaged(
            position,
            String.format(
                "tensor %s has offset %s, but must have %d: data follow each other, aligned to %d",
                GgufException.quote(tensor.name()),
                Long.toUnsignedString(tensor.offset()),
                expected,
                alignment));
      }
      try {
        expected = Math.addExact(expected, Alignment.pad(tensor.bytes(), alignment));
      } catch (ArithmeticException e) {
        GgufException overflow =
            cursor.damaged(
                position,
                "tensor " + GgufException.quote(tensor.name()) + " ends beyond 2^63 bytes");
        overflow.initCause(e);
        throw overflow;
      }
    }
  }

  private void checkLength(List<TensorInfo> tensors, long dataOffset) throws GgufException {
    if (tensors.isEmpty()) {
      return;
    }
    long available = cursor.length() - dataOffset;
    TensorInfo last = tensors.get(tensors.size() - 1);
    long missing = last.offset() + last.bytes() - available;
    if (missing <= 0) {
      return;
    }
    long incomplete =
        tensors.stream().filter(tensor -> tensor.offset() + tensor.bytes() > available).count();
    TensorInfo first = tensors.get((int) (tensors.size() - incomplete));
    throw cursor.damaged(
        cursor.length(),
        String.format(
            "file ends %d bytes too early, in or before the data of tensor %s; %d of %d tensors are"
                + " incomplete: get the file again",
            missing, GgufException.quote(first.name()), incomplete, tensors.size()));
  }
}
