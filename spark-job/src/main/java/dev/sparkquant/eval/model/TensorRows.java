package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.Kernels;
import java.io.IOException;

/**
 * One tensor of a model, read by rows from its file.
 *
 * @param input the file that holds it
 * @param position where its data start there, in bytes
 */
record TensorRows(TensorInfo info, SeekableInput input, long position) {

  String name() {
    return info.name();
  }

  GgmlType type() {
    return info.type();
  }

  int rowLength() {
    return (int) info.rowLength();
  }

  int rows() {
    return Math.toIntExact(info.rows());
  }

  /** Bytes that a row takes in the file. */
  int rowBytes() {
    return (int) type().bytes(rowLength());
  }

  /** Reads rows as they are stored. */
  void read(long firstRow, int rows, byte[] destination, int offset) throws IOException {
    input.readFully(position + firstRow * rowBytes(), destination, offset, rows * rowBytes());
  }

  /** All elements, decoded: for norms, biases and factors. */
  float[] decode() throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(rows(), rowBytes())];
    read(0, rows(), bytes, 0);
    float[] elements = new float[Math.multiplyExact(rows(), rowLength())];
    Kernels.decoder(type()).decode(bytes, 0, elements.length, elements, 0);
    return elements;
  }
}
