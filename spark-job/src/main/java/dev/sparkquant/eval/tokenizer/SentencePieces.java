package dev.sparkquant.eval.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The merges of a SentencePiece vocabulary: two pieces merge if their texts together are a token,
 * ranked by its score. Pieces are the tokens under their ids, and behind them the characters that
 * occur in tokens without being one.
 */
final class SentencePieces {
  /** No piece. */
  static final int NONE = -1;

  private final int[] pieceOfCodePoint;
  private final MergeTable merges;

  /** Pairs of pieces of single characters that are neighbours in some token, sorted. */
  private final long[] neighbours;

  SentencePieces(Vocabulary vocabulary, float[] scores) {
    int[] ranks = ranks(scores, vocabulary.size());
    pieceOfCodePoint = characters(vocabulary);
    merges = new MergeTable(4 * vocabulary.size());
    LongStream.Builder pairs = LongStream.builder();
    for (int id = 0; id < vocabulary.size(); id++) {
      String text = vocabulary.text(id);
      int end = text.offsetByCodePoints(0, 1);
      int before = of(text.codePointAt(0));
      while (end < text.length()) {
        int behind = of(text.codePointAt(end));
        pairs.add(pair(before, behind));
        int left = piece(vocabulary, text.substring(0, end));
        int right = piece(vocabulary, text.substring(end));
        if (left != NONE && right != NONE) {
          merges.put(left, right, ranks[id], id);
        }
        before = behind;
        end = text.offsetByCodePoints(end, 1);
      }
    }
    neighbours = pairs.build().sorted().distinct().toArray();
  }

  MergeTable merges() {
    return merges;
  }

  /** The piece of a single character, or {@link #NONE} if no token contains it. */
  int of(int codePoint) {
    return pieceOfCodePoint[codePoint];
  }

  /** Whether a token contains these two single characters side by side. */
  boolean areNeighbours(int left, int right) {
    return left >= 0 && right >= 0 && Arrays.binarySearch(neighbours, pair(left, right)) >= 0;
  }

  private int piece(Vocabulary vocabulary, String text) {
    int id = vocabulary.id(text);
    boolean single = text.length() == Character.charCount(text.codePointAt(0));
    return id == Vocabulary.NONE && single ? of(text.codePointAt(0)) : id;
  }

  /** For each code point in any token, its piece. */
  private static int[] characters(Vocabulary vocabulary) {
    int[] pieces = new int[Character.MAX_CODE_POINT + 1];
    Arrays.fill(pieces, NONE);
    int next = vocabulary.size();
    for (int id = 0; id < vocabulary.size(); id++) {
      for (int codePoint : vocabulary.text(id).codePoints().toArray()) {
        if (pieces[codePoint] == NONE) {
          int token = vocabulary.id(Character.toString(codePoint));
          pieces[codePoint] = token == Vocabulary.NONE ? next++ : token;
        }
      }
    }
    return pieces;
  }

  /** The place of each token's score among the distinct scores, the highest first. */
  private static int[] ranks(float[] scores, int size) {
    Map<Float, Integer> places = new HashMap<>();
    float[] sorted = new float[size];
    for (int id = 0; id < size; id++) {
      if (Float.isNaN(scores[id])) {
        throw new TokenizerException("Cannot tokenize: the score of token " + id + " is NaN");
      }
      // Adding zero makes both zeros one.
      sorted[id] = scores[id] + 0f;
    }
    float[] given = sorted.clone();
    Arrays.sort(sorted);
    for (int i = size - 1; i >= 0; i--) {
      places.putIfAbsent(sorted[i], places.size());
    }
    int[] ranks = new int[size];
    for (int id = 0; id < size; id++) {
      ranks[id] = places.get(given[id]);
    }
    return ranks;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
