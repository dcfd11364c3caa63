package dev.sparkquant.gguf;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the data of tensors stand in a file.
 *
 * @param tensors in file order, with their offsets
 * @param dataBytes size of the data section; the last tensor is padded too
 */
public record TensorLayout(List<TensorInfo> tensors, long dataBytes) {

  public TensorLayout {
    tensors = List.copyOf(tensors);
  }

  /**
   * Places tensors one after the other, each padded to the alignment.
   *
   * @param tensors in the order wanted; their offsets are ignored
   * @param alignment a power of two, in bytes
   * @throws ArithmeticException if the data section would exceed 2^63 bytes
   */
  public static TensorLayout of(List<TensorInfo> tensors, int alignment) {
    List<TensorInfo> placed = new ArrayList<>(tensors.size());
    long offset = 0;
    for (TensorInfo tensor : tensors) {
      placed.add(tensor.stored(tensor.type(), offset));
      offset = Math.addExact(offset, Alignment.pad(tensor.bytes(), alignment));
    }
    return new TensorLayout(placed, offset);
  }
}
