package dev.sparkquant.eval.tokenizer;

import java.util.Arrays;

/**
 * Merges a sequence of pieces: of all neighbours that may merge, always those of the smallest rank,
 * the leftmost among equals, until none is left. That is llama.cpp's order, for byte-level BPE and
 * for SentencePiece. To be used again and again, by one thread.
 *
 * <p>With n pieces, time grows with n log n; memory is 32 bytes a piece of the longest sequence.
 */
final class PieceMerger {
  private static final int END = -1;

  private final MergeTable merges;
  private final MergeQueue queue = new MergeQueue();
  private int[] pieces = new int[16];
  private int[] previous = new int[16];
  private int[] next = new int[16];

  /** The merge of each piece with the one behind it. */
  private int[] merge = new int[16];

  private int size;

  PieceMerger(MergeTable merges) {
    this.merges = merges;
  }

  /** Begins a new, empty sequence. */
  void clear() {
    size = 0;
  }

  /** Appends a piece; negative ones never merge. */
  void add(int piece) {
    if (size == pieces.length) {
      int capacity = Math.multiplyExact(size, 2);
      pieces = Arrays.copyOf(pieces, capacity);
      previous = new int[capacity];
      next = new int[capacity];
      merge = new int[capacity];
    }
    pieces[size++] = piece;
  }

  /** Number of pieces added. */
  int size() {
    return size;
  }

  /** Merges what was added. Afterwards {@link #next} leads from place 0 to all pieces left. */
  void merge() {
    for (int i = 0; i < size; i++) {
      previous[i] = i - 1;
      next[i] = i + 1 < size ? i + 1 : END;
    }
    for (int i = 0; i < size; i++) {
      offer(i);
    }
    while (!queue.isEmpty()) {
      long first = queue.remove();
      int left = MergeQueue.place(first);
      // Entries of pairs that have changed since are skipped; a changed pair that has the same
      // rank again has an equal entry of its own.
      if (merge[left] != MergeTable.NONE && merges.rank(merge[left]) == MergeQueue.rank(first)) {
        join(left);
      }
    }
  }

  /** The piece at a place. */
  int piece(int place) {
    return pieces[place];
  }

  /** The place of the piece behind the one at {@code place}, or negative at the end. */
  int next(int place) {
    return next[place];
  }

  private void join(int left) {
    int right = next[left];
    int behind = next[right];
    pieces[left] = merges.merged(merge[left]);
    merge[right] = MergeTable.NONE;
    next[left] = behind;
    if (behind != END) {
      previous[behind] = left;
    }
    offer(left);
    if (previous[left] != END) {
      offer(previous[left]);
    }
  }

  private void offer(int left) {
    merge[left] =
        next[left] == END ? MergeTable.NONE : merges.find(pieces[left], pieces[next[left]]);
    if (merge[left] != MergeTable.NONE) {
      queue.add(merges.rank(merge[left]), left);
    }
  }
}
