package dev.sparkquant.eval.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The merges of a byte-level BPE vocabulary, ranked by their place in {@code
 * tokenizer.ggml.merges}. Pieces are all texts that occur in merges; the first 256 are the single
 * bytes in order.
 */
final class BytePairs {
  private final MergeTable merges;

  /** The tokens that each piece becomes. */
  private final int[][] tokens;

  /**
   * @param lines of the form {@code "left right"}; others are ignored
   */
  BytePairs(Vocabulary vocabulary, List<String> lines) {
    merges = new MergeTable(lines.size());
    Map<String, Integer> pieces = new HashMap<>(2 * lines.size());
    List<String> texts = new ArrayList<>(lines.size());
    for (int b = 0; b < 256; b++) {
      piece(pieces, texts, String.valueOf(ByteAlphabet.character((byte) b)));
    }
    for (int rank = 0; rank < lines.size(); rank++) {
      String line = lines.get(rank);
      int space = line.indexOf(' ', 1);
      if (space > 0) {
        String left = line.substring(0, space);
        String right = line.substring(space + 1);
        merges.put(
            piece(pieces, texts, left),
            piece(pieces, texts, right),
            rank,
            piece(pieces, texts, left + right));
      }
    }
    tokens = texts.stream().map(text -> tokens(vocabulary, text)).toArray(int[][]::new);
  }

  MergeTable merges() {
    return merges;
  }

  /** The piece of a single byte. */
  int of(byte b) {
    return b & 0xFF;
  }

  /** The tokens that a piece becomes: one, as a rule. The caller must not change them. */
  int[] tokens(int piece) {
    return tokens[piece];
  }

  private static int piece(Map<String, Integer> pieces, List<String> texts, String text) {
    Integer known = pieces.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /**
   * A piece that is no token falls apart into the characters of its text, as llama.cpp has it: of
   * those, only ASCII ones are looked up, and what is no token then either vanishes. Vocabularies
   * that hold all bytes and all merged texts never get here. (StarCoder's lacks some bytes, which
   * UTF-8 needs for code points that nobody uses.)
   */
  private static int[] tokens(Vocabulary vocabulary, String text) {
    int id = vocabulary.id(text);
    if (id != Vocabulary.NONE) {
      return new int[] {id};
    }
    return text.chars()
        .filter(c -> c < 0x80)
        .map(c -> vocabulary.id(String.valueOf((char) c)))
        .filter(part -> part != Vocabulary.NONE)
        .toArray();
  }
}
