package dev.sparkquant.report.data;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One scheme's tensors, by role and layer.
 *
 * @param cells by role's place and name, then by layer; -1 is outside of the layers
 */
public record TensorGrid(SortedMap<String, SortedMap<Integer, Cell>> cells) {

  /** Tensors of one role in one layer. */
  public static final class Cell {
    private final Map<String, Long> bytesByType = new TreeMap<>();
    private long elements;
    private long bytes;
    private double squaredError;
    private double squares;

    void add(String type, long tensorElements, long tensorBytes, double error, double relative) {
      bytesByType.merge(type, tensorBytes, Long::sum);
      elements += tensorElements;
      bytes += tensorBytes;
      squaredError += error;
      // A copy has no error, and its squares were not measured.
      squares += relative > 0 ? error / (relative * relative) : 0;
    }

    /** The type that most of the bytes are in. */
    public String type() {
      return bytesByType.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElseThrow();
    }

    public Map<String, Long> bytesByType() {
      return Map.copyOf(bytesByType);
    }

    public long elements() {
      return elements;
    }

    public long bytes() {
      return bytes;
    }

    public double bitsPerWeight() {
      return 8.0 * bytes / elements;
    }

    /** Root of the squared error over the squares of the source; 0 for copies. */
    public double relativeError() {
      return squares > 0 ? Math.sqrt(squaredError / squares) : 0;
    }

    /** The part of the file's whole squared error that lies here, given that whole. */
    public double squaredError() {
      return squaredError;
    }
  }
}
