package dev.sparkquant.gguf.imatrix;

import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How much each column of a model's weights matters: the mean square of the activations that meet
 * it.
 *
 * @param file name of the file it was read from, as it was given
 * @param datasets names of the texts it was measured on, maybe none
 * @param chunkCount number of text chunks it was measured on; 0 if the file does not say
 * @param values importance by tensor name: a value a column; a tensor of several matrices (experts)
 *     has the values of one matrix after those of the other. Must not be changed.
 */
public record ImportanceMatrix(
    String file, List<String> datasets, int chunkCount, Map<String, float[]> values) {

  /** The longest string that llama.cpp's overrides of metadata hold, in bytes. */
  private static final int LONGEST_STRING = 127;

  public ImportanceMatrix {
    datasets = List.copyOf(datasets);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads a local file in either format.
   *
   * @throws dev.sparkquant.gguf.GgufException if it is damaged, or no importance matrix
   */
  public static ImportanceMatrix read(Path path) throws IOException {
    try (LocalFileInput input = LocalFileInput.open(path)) {
      return read(input);
    }
  }

  /**
   * Reads a file in either format; it stays open.
   *
   * @throws dev.sparkquant.gguf.GgufException if it is damaged, or no importance matrix
   */
  public static ImportanceMatrix read(SeekableInput input) throws IOException {
    // Half of the heap leaves room for whoever uses the values.
    long mostBytes = Runtime.getRuntime().maxMemory() / 2;
    return GgufReader.isGguf(input)
        ? GgufFormat.read(input, mostBytes)
        : LegacyFormat.read(input, mostBytes);
  }

  /** With only the tensors whose name is accepted. */
  public ImportanceMatrix only(Predicate<String> accepted) {
    Map<String, float[]> kept = new LinkedHashMap<>(values);
    kept.keySet().removeIf(accepted.negate());
    return new ImportanceMatrix(file, datasets, chunkCount, kept);
  }

  /**
   * What {@code llama-quantize} records in its output about the matrix it used, in the order in
   * which it appends the pairs:
   *
   * <ul>
   *   <li>{@code quantize.imatrix.file}: {@link #file}, as typed on the command line;
   *   <li>{@code quantize.imatrix.dataset}: the first dataset, if there is any;
   *   <li>{@code quantize.imatrix.entries_count}, u32: the tensors that have values, after
   *       inclusion and exclusion;
   *   <li>{@code quantize.imatrix.chunks_count}, u32: {@link #chunkCount}, if more than 0.
   * </ul>
   *
   * <p>It is the same for both formats. Strings end after 127 bytes or at a NUL. A matrix left
   * without tensors is not recorded at all. Source: {@code tools/quantize/quantize.cpp}.
   */
  public Map<String, MetadataValue> toMetadata() {
    Map<String, MetadataValue> pairs = new LinkedHashMap<>();
    if (values.isEmpty()) {
      return pairs;
    }
    pairs.put("quantize.imatrix.file", cutString(file));
    if (!datasets.isEmpty()) {
      pairs.put("quantize.imatrix.dataset", cutString(datasets.get(0)));
    }
    pairs.put("quantize.imatrix.entries_count", MetadataValue.ofUint32(values.size()));
    if (chunkCount > 0) {
      pairs.put("quantize.imatrix.chunks_count", MetadataValue.ofUint32(chunkCount));
    }
    return pairs;
  }

  private static MetadataValue cutString(String string) {
    byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
    int end = 0;
    while (end < utf8.length && end < LONGEST_STRING && utf8[end] != 0) {
      end++;
    }
    return MetadataValue.ofString(Arrays.copyOf(utf8, end));
  }
}
