package dev.sparkquant.eval.tokenizer;

import java.util.Arrays;

/**
 * Which neighbouring pieces may become one, and how urgently. Pieces are numbers from 0. A hash
 * table from pairs of pieces to a rank and the merged piece.
 */
final class MergeTable {
  /** What {@link #find} returns for a pair that does not merge. */
  static final int NONE = -1;

  private static final long FREE = -1;

  private long[] pairs;
  private int[] ranks;
  private int[] merged;
  private int size;

  /** An empty table with room for that many merges; it grows beyond. */
  MergeTable(int expected) {
    allocate(Integer.highestOneBit(Math.max(expected, 8)) << 2);
  }

  /**
   * Adds a merge, unless the pair has one.
   *
   * @param rank from 0; the smallest goes first
   */
  void put(int left, int right, int rank, int result) {
    long pair = pair(left, right);
    int slot = slot(pair);
    if (pairs[slot] == pair) {
      return;
    }
    if (2 * (size + 1) > pairs.length) {
      grow();
      slot = slot(pair);
    }
    pairs[slot] = pair;
    ranks[slot] = rank;
    merged[slot] = result;
    size++;
  }

  /** A handle on the merge of that pair, or {@link #NONE}. */
  int find(int left, int right) {
    if (left < 0 || right < 0) {
      return NONE;
    }
    int slot = slot(pair(left, right));
    return pairs[slot] == FREE ? NONE : slot;
  }

  /** The rank of the merge with that handle. */
  int rank(int merge) {
    return ranks[merge];
  }

  /** The piece that the merge with that handle makes. */
  int merged(int merge) {
    return merged[merge];
  }

  private void allocate(int slots) {
    pairs = new long[slots];
    Arrays.fill(pairs, FREE);
    ranks = new int[slots];
    merged = new int[slots];
  }

  private void grow() {
    long[] oldPairs = pairs;
    int[] oldRanks = ranks;
    int[] oldMerged = merged;
    allocate(Math.multiplyExact(oldPairs.length, 2));
    for (int i = 0; i < oldPairs.length; i++) {
      if (oldPairs[i] != FREE) {
        int slot = slot(oldPairs[i]);
        pairs[slot] = oldPairs[i];
        ranks[slot] = oldRanks[i];
        merged[slot] = oldMerged[i];
      }
    }
  }

  /** Where the pair is, or the free place where it belongs. */
  private int slot(long pair) {
    long hash = pair * 0x9E3779B97F4A7C15L;
    int mask = pairs.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (pairs[slot] != FREE && pairs[slot] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
