package dev.sparkquant.gguf;

import java.util.List;

/**
 * What a GGUF header says of one tensor.
 *
 * @param name unique in the model
 * @param type how elements are stored
 * @param dimensions one to four, each at least 1, the contiguous one (the row length) first
 * @param offset where the data starts, in bytes from the start of the file's data section
 */
public record TensorInfo(String name, GgmlType type, List<Long> dimensions, long offset) {

  public TensorInfo {
    dimensions = List.copyOf(dimensions);
  }

  /** Size of dimension {@code i}; 1 beyond the last one, as in ggml's {@code ne}. */
  public long dimension(int i) {
    return i < dimensions.size() ? dimensions.get(i) : 1;
  }

  /** Elements a row has: the first dimension. */
  public long rowLength() {
    return dimension(0);
  }

  /** Number of rows: the product of all dimensions but the first. */
  public long rows() {
    return elements() / rowLength();
  }

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (long dimension : dimensions) {
      product = Math.multiplyExact(product, dimension);
    }
    return product;
  }

  /** Dimensions without trailing ones, at least 1: {@code ggml_n_dims}. */
  public int rank() {
    for (int i = dimensions.size() - 1; i > 0; i--) {
      if (dimensions.get(i) > 1) {
        return i + 1;
      }
    }
    return 1;
  }

  /** Bytes the data takes, without padding. */
  public long bytes() {
    return type.bytes(elements());
  }

  /** The same tensor stored otherwise. */
  public TensorInfo stored(GgmlType newType, long newOffset) {
    return new TensorInfo(name, newType, dimensions, newOffset);
  }
}
