package dev.sparkquant.eval.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Finds special tokens in a text, before anything else is done to it.
 *
 * <p>Longer ones take their places first; of one token, its occurrences from left to right. (Among
 * tokens of equal length llama.cpp's order is that of an unstable sort; here, the smaller id goes
 * first. It matters only where their occurrences overlap.) Source: {@code
 * llama_vocab::impl::tokenizer_st_partition}.
 */
final class SpecialTokenSplitter {
  private final Special[][] byFirstByte = new Special[256][];

  /** Takes the parts of a text, in order. */
  interface Sink {
    /** A part without special tokens, at least one byte. */
    void text(int from, int to);

    void token(int id);
  }

  SpecialTokenSplitter(Vocabulary vocabulary) {
    List<Special> specials = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.kinds().isSpecial(id)) {
        specials.add(new Special(vocabulary, id));
      }
    }
    specials.sort(Special.PRECEDENCE);
    for (Special special : specials) {
      int first = special.text[0] & 0xFF;
      Special[] same = byFirstByte[first];
      byFirstByte[first] = same == null ? new Special[1] : Arrays.copyOf(same, same.length + 1);
      byFirstByte[first][byFirstByte[first].length - 1] = special;
    }
  }

  /**
   * Hands {@code text} to {@code sink} in parts.
   *
   * @param parseSpecial whether control and unknown tokens are looked for, too
   */
  void split(byte[] text, boolean parseSpecial, Sink sink) {
    List<Match> occurrences = find(text, parseSpecial);
    // A stable sort: the occurrences of one token stay in the order of the text.
    occurrences.sort(Comparator.comparing(Match::special, Special.PRECEDENCE));
    BitSet taken = new BitSet();
    List<Match> matches = new ArrayList<>();
    for (Match match : occurrences) {
      int next = taken.nextSetBit(match.from);
      if (next < 0 || next >= match.to) {
        Match whole = match.special.stripsRight ? match.withSpaces(text, taken) : match;
        taken.set(whole.from, whole.to);
        matches.add(whole);
      }
    }
    matches.sort(Comparator.comparingInt(Match::from));
    int done = 0;
    for (Match match : matches) {
      if (match.from > done) {
        sink.text(done, match.from);
      }
      sink.token(match.special.id);
      done = match.to;
    }
    if (done < text.length) {
      sink.text(done, text.length);
    }
  }

  /** All occurrences of all tokens, overlapping ones too. */
  private List<Match> find(byte[] text, boolean parseSpecial) {
    List<Match> occurrences = new ArrayList<>();
    for (int i = 0; i < text.length; i++) {
      Special[] candidates = byFirstByte[text[i] & 0xFF];
      if (candidates != null) {
        for (Special special : candidates) {
          if ((parseSpecial || !special.control) && startsWith(text, i, special.text)) {
            occurrences.add(new Match(special, i, i + special.text.length));
          }
        }
      }
    }
    return occurrences;
  }

  private static boolean startsWith(byte[] text, int at, byte[] part) {
    return at + part.length <= text.length
        && Arrays.equals(text, at, at + part.length, part, 0, part.length);
  }

  /** A token that is looked for. */
  private static final class Special {
    static final Comparator<Special> PRECEDENCE =
        Comparator.<Special>comparingInt(special -> -special.text.length)
            .thenComparingInt(special -> special.id);

    final int id;
    final byte[] text;
    final boolean control;
    final boolean stripsRight;

    Special(Vocabulary vocabulary, int id) {
      this.id = id;
      this.text = vocabulary.text(id).getBytes(StandardCharsets.UTF_8);
      this.control = vocabulary.kinds().isControl(id);
      this.stripsRight = vocabulary.kinds().stripsRight(id);
    }
  }

  /** An occurrence of a special token, with the bytes that it takes out of the text. */
  private record Match(Special special, int from, int to) {
    /** The same, extended over the white space behind it that is not taken. */
    Match withSpaces(byte[] text, BitSet taken) {
      int end = to;
      while (end < text.length && !taken.get(end) && isSpace(text[end])) {
        end++;
      }
      return new Match(special, from, end);
    }

    private static boolean isSpace(byte b) {
      return b == ' ' || (b >= '\t' && b <= '\r');
    }
  }
}
