package dev.sparkquant.gguf.imatrix;

import dev.sparkquant.gguf.FileCursor;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The GGUF format of {@code llama-imatrix}: for each weight the tensors {@code NAME.in_sum2}, f32,
 * the sums of squares of one or several matrices, and {@code NAME.counts}, f32, how many
 * activations each matrix met. A value is the sum over the count; 1 where the count is 0, for a
 * matrix that was never used. Other tensors are ignored. Source: {@code common_imatrix_load} and
 * {@code load_imatrix}.
 */
final class GgufFormat {
  private static final String SUMS = ".in_sum2";
  private static final String COUNTS = ".counts";
  private static final String DATASETS = "imatrix.datasets";
  private static final String CHUNK_COUNT = "imatrix.chunk_count";
  private static final String CHUNK_SIZE = "imatrix.chunk_size";

  private final SeekableInput input;
  private final GgufHeader header;
  private final FileCursor cursor;
  private final ValueReader reader;

  private GgufFormat(SeekableInput input, long mostBytes) throws IOException {
    this.input = input;
    header = GgufReader.read(input);
    cursor = new FileCursor(input, Long.MAX_VALUE);
    cursor.order(header.byteOrder());
    reader = new ValueReader(cursor, mostBytes);
  }

  static ImportanceMatrix read(SeekableInput input, long mostBytes) throws IOException {
    return new GgufFormat(input, mostBytes).read();
  }

  private ImportanceMatrix read() throws IOException {
    List<String> datasets = datasets();
    int chunkCount = chunkCount();
    required(CHUNK_SIZE);
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, TensorInfo> counts = suffixed(COUNTS);
    for (Map.Entry<String, TensorInfo> entry : suffixed(SUMS).entrySet()) {
      String name = entry.getKey();
      TensorInfo entryCounts = counts.remove(name);
      if (entryCounts == null) {
        throw damaged(entry.getValue(), "has sums, but no counts");
      }
      values.put(name, values(entry.getValue(), entryCounts));
    }
    for (TensorInfo unmatched : counts.values()) {
      throw damaged(unmatched, "has counts, but no sums");
    }
    if (values.isEmpty()) {
      throw cursor.damaged(0, "file has no tensor that ends in " + SUMS + ": no importance matrix");
    }
    return new ImportanceMatrix(input.name(), datasets, chunkCount, values);
  }

  /** Tensors whose name ends so, by the name without the ending, in a fixed order. */
  private Map<String, TensorInfo> suffixed(String suffix) throws GgufException {
    Map<String, TensorInfo> tensors = new TreeMap<>();
    for (TensorInfo tensor : header.tensors()) {
      String name = tensor.name();
      if (name.endsWith(suffix)) {
        if (tensor.type() != GgmlType.F32) {
          throw damaged(tensor, "has type " + tensor.type() + ", but must be F32");
        }
        tensors.put(name.substring(0, name.length() - suffix.length()), tensor);
      }
    }
    return tensors;
  }

  private float[] values(TensorInfo sumsInfo, TensorInfo countsInfo) throws IOException {
    if (sumsInfo.elements() % countsInfo.elements() != 0) {
      throw damaged(
          sumsInfo,
          "has "
              + sumsInfo.elements()
              + " sums, no multiple of its "
              + countsInfo.elements()
              + " counts");
    }
    float[] values = floats(sumsInfo);
    float[] counts = floats(countsInfo);
    int matrix = values.length / counts.length;
    for (int i = 0; i < values.length; i++) {
      // llama.cpp keeps counts as whole numbers.
      float count = roundHalfAway(counts[i / matrix]);
      values[i] = count > 0 ? values[i] / count : 1;
    }
    return values;
  }

  private float[] floats(TensorInfo tensor) throws IOException {
    String what = "tensor " + GgufException.quote(tensor.name());
    cursor.moveTo(position(tensor), what);
    return reader.read(what, tensor.elements());
  }

  /** {@code lround}: to the nearest whole number, halves away from zero. */
  private static float roundHalfAway(float number) {
    return (float) Math.copySign(Math.floor(Math.abs((double) number) + 0.5), number);
  }

  private List<String> datasets() throws IOException {
    MetadataValue value = required(DATASETS);
    if (value.type() != MetadataType.ARRAY || value.elementType() != MetadataType.STRING) {
      throw damaged(DATASETS, "is " + value + ", but must be an array of strings");
    }
    return value.asStrings();
  }

  private int chunkCount() throws IOException {
    MetadataValue value = required(CHUNK_COUNT);
    if (value.type() != MetadataType.UINT32) {
      throw damaged(CHUNK_COUNT, "has type " + value.type() + ", but must be UINT32");
    }
    if (value.asLong() > Integer.MAX_VALUE) {
      throw damaged(CHUNK_COUNT, "is " + value.asLong() + ", but must be below 2^31");
    }
    return (int) value.asLong();
  }

  private MetadataValue required(String key) throws GgufException {
    return header
        .metadata()
        .get(key)
        .orElseThrow(
            () ->
                cursor.damaged(
                    0, "metadata " + key + " is missing: the file is no importance matrix"));
  }

  private GgufException damaged(String key, String reason) throws IOException {
    return cursor.damaged(GgufReader.pairPosition(input, key), "metadata " + key + " " + reason);
  }

  private GgufException damaged(TensorInfo tensor, String reason) {
    return cursor.damaged(
        position(tensor), "tensor " + GgufException.quote(tensor.name()) + " " + reason);
  }

  private long position(TensorInfo tensor) {
    return header.dataOffset() + tensor.offset();
  }
}
