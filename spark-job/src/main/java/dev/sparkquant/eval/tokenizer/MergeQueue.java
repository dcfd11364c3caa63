package dev.sparkquant.eval.tokenizer;

import java.util.Arrays;

/** A priority queue of merges: the smallest rank first, then the leftmost place. A binary heap. */
final class MergeQueue {
  private long[] heap = new long[16];
  private int size;

  void add(int rank, int place) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, Math.multiplyExact(size, 2));
    }
    long entry = (long) rank << 32 | place;
    int i = size++;
    while (i > 0 && heap[(i - 1) >>> 1] > entry) {
      heap[i] = heap[(i - 1) >>> 1];
      i = (i - 1) >>> 1;
    }
    heap[i] = entry;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes out the first entry. */
  long remove() {
    long first = heap[0];
    long entry = heap[--size];
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (entry <= heap[child]) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = entry;
    return first;
  }

  /** The rank of an entry. */
  static int rank(long entry) {
    return (int) (entry >>> 32);
  }

  /** The place of an entry. */
  static int place(long entry) {
    return (int) entry;
  }
}
