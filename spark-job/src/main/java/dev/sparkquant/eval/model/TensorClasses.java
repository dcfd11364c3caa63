package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells which of several models' tensors are the same: equal name, type, shape and bytes. What is
 * known is kept, so that a tensor is compared once however often it is used.
 */
final class TensorClasses {
  private static final int PIECE_BYTES = 1 << 20;

  /** Bytes that each thread takes. */
  static final long BYTES_EACH = 2L * PIECE_BYTES;

  private final Workers workers;
  private final byte[][] ours;
  private final byte[][] theirs;
  private final Map<TensorRows, TensorRows> representatives = new HashMap<>();
  private final Map<String, List<TensorRows>> distinct = new HashMap<>();

  TensorClasses(Workers workers) {
    this.workers = workers;
    ours = new byte[workers.threads()][];
    theirs = new byte[workers.threads()][];
  }

  /**
   * The tensor that stands for all that are the same as the one given.
   *
   * @throws UncheckedIOException if a file cannot be read
   */
  TensorRows representative(TensorRows tensor) {
    TensorRows known = representatives.get(tensor);
    if (known != null) {
      return known;
    }
    List<TensorRows> others = distinct.computeIfAbsent(tensor.name(), name -> new ArrayList<>());
    TensorRows found =
        others.stream().filter(other -> same(other, tensor)).findFirst().orElse(tensor);
    if (found.equals(tensor)) {
      others.add(tensor);
    }
    representatives.put(tensor, found);
    return found;
  }

  private boolean same(TensorRows a, TensorRows b) {
    if (a.type() != b.type() || !a.info().dimensions().equals(b.info().dimensions())) {
      return false;
    }
    if (a.input().name().equals(b.input().name()) && a.position() == b.position()) {
      return true;
    }
    long bytes = a.info().bytes();
    AtomicBoolean different = new AtomicBoolean();
    workers.run(
        Math.toIntExact((bytes + PIECE_BYTES - 1) / PIECE_BYTES),
        (worker, piece) -> {
          // A difference mostly shows in the first piece: the others are then not read.
          if (!different.get() && differ(worker, a, b, (long) piece * PIECE_BYTES, bytes)) {
            different.set(true);
          }
        });
    return !different.get();
  }

  private boolean differ(int worker, TensorRows a, TensorRows b, long from, long bytes) {
    int length = (int) Math.min(PIECE_BYTES, bytes - from);
    if (ours[worker] == null) {
      ours[worker] = new byte[PIECE_BYTES];
      theirs[worker] = new byte[PIECE_BYTES];
    }
    try {
      a.input().readFully(a.position() + from, ours[worker], 0, length);
      b.input().readFully(b.position() + from, theirs[worker], 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !Arrays.equals(ours[worker], 0, length, theirs[worker], 0, length);
  }
}
