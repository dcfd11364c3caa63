package dev.sparkquant.check;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring bytes of a file that mean one thing: the header, a tensor's data, or padding.
 *
 * @param shard index of the file
 * @param tensor whose data these are; null for header and padding
 * @param padding whether all bytes have to be zero
 * @param start of its first byte in the file
 */
record Stretch(int shard, TensorInfo tensor, boolean padding, long start, long length) {
  /** Bytes read at a time, but for blocks that do not divide it. */
  private static final int PIECE = 1 << 22;

  /** All stretches of a file, in order; the last ends where the file should. */
  static List<Stretch> of(int index, ModelShard shard) {
    GgufHeader header = shard.header();
    List<Stretch> stretches = new ArrayList<>();
    long end = header.dataOffset();
    stretches.add(new Stretch(index, null, false, 0, end));
    for (TensorInfo tensor : header.tensors()) {
      long start = header.dataOffset() + tensor.offset();
      addPadding(stretches, index, end, start);
      stretches.add(new Stretch(index, tensor, false, start, tensor.bytes()));
      end = start + tensor.bytes();
    }
    long padded = (end - header.dataOffset() + header.alignment() - 1L) & -header.alignment();
    addPadding(stretches, index, end, header.dataOffset() + padded);
    return stretches;
  }

  private static void addPadding(List<Stretch> stretches, int shard, long from, long to) {
    if (to > from) {
      stretches.add(new Stretch(shard, null, true, from, to - from));
    }
  }

  long end() {
    return start + length;
  }

  /** Bytes of each piece but the last: whole blocks. */
  int pieceBytes() {
    int block = tensor == null ? 1 : tensor.type().blockBytes();
    return PIECE / block * block;
  }

  int pieces() {
    return Math.toIntExact((length + pieceBytes() - 1) / pieceBytes());
  }

  GgmlType type() {
    return tensor.type();
  }
}
