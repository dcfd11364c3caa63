package dev.sparkquant.eval.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SentencePiece in llama.cpp's form: spaces become U+2581, characters are merged wherever two
 * neighbours make a token, the one of the highest score first, and what is no token in the end is
 * written as bytes.
 *
 * <p>Text gets a space in front if {@code tokenizer.ggml.add_space_prefix} is not false, and so
 * does text behind a special token. {@code tokenizer.ggml.remove_extra_whitespaces} has no effect
 * here, as in llama.cpp, which obeys it for unigram vocabularies only. Source: {@code
 * llm_tokenizer_spm_session}.
 */
final class SentencePieceTokenizer implements Tokenizer {
  /** What stands for a space in tokens. */
  private static final char SPACE = '\u2581';

  private static final byte[] ESCAPED_SPACE = "\u2581".getBytes(StandardCharsets.UTF_8);

  private final Vocabulary vocabulary;
  private final BoundaryTokens boundaries;
  private final SpecialTokenSplitter specials;
  private final boolean spacePrefix;
  private final SentencePieces pieces;
  private final int[] byteTokens = new int[256];

  private SentencePieceTokenizer(
      Vocabulary vocabulary, BoundaryTokens boundaries, boolean spacePrefix, float[] scores) {
    this.vocabulary = vocabulary;
    this.boundaries = boundaries;
    this.spacePrefix = spacePrefix;
    this.specials = new SpecialTokenSplitter(vocabulary);
    this.pieces = new SentencePieces(vocabulary, scores);
    for (int b = 0; b < 256; b++) {
      int id = vocabulary.id(String.format("<0x%02X>", b));
      if (id == Vocabulary.NONE && b > 0 && b < 0x80) {
        id = vocabulary.id(String.valueOf((char) b));
      }
      byteTokens[b] = id;
    }
  }

  static SentencePieceTokenizer from(VocabularyMetadata source) {
    Vocabulary vocabulary = Vocabulary.from(source);
    float[] scores = source.optionalFloats("scores").orElse(new float[vocabulary.size()]);
    if (scores.length < vocabulary.size()) {
      throw new TokenizerException(
          "Cannot tokenize: tokenizer.ggml.scores has "
              + scores.length
              + " entries for "
              + vocabulary.size()
              + " tokens");
    }
    return new SentencePieceTokenizer(
        vocabulary,
        BoundaryTokens.from(source, vocabulary.size(), 1, 2, true),
        source.optionalBool("add_space_prefix").orElse(true),
        scores);
  }

  @Override
  public int[] encode(byte[] utf8, boolean addSpecial, boolean parseSpecial) {
    TokenBuffer out = new TokenBuffer();
    if (addSpecial) {
      boundaries.begin(out);
    }
    specials.split(utf8, parseSpecial, new Encoder(utf8, out));
    if (addSpecial) {
      boundaries.end(out);
    }
    return out.toArray();
  }

  @Override
  public byte[] piece(int id) {
    String text = vocabulary.text(id);
    if (vocabulary.kinds().isByte(id) && text.matches("<0x[0-9A-F]{2}>")) {
      return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
    }
    String shown = vocabulary.kinds().isSpecial(id) ? text : text.replace(SPACE, ' ');
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] decode(int[] ids, boolean removeSpecial) {
    int from = removeSpecial && boundaries.beginsWithAdded(ids) ? 1 : 0;
    int to = removeSpecial && boundaries.endsWithAdded(ids) ? ids.length - 1 : ids.length;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean prefixed = spacePrefix;
    for (int i = from; i < to; i++) {
      byte[] piece = piece(ids[i]);
      boolean special = vocabulary.kinds().isSpecial(ids[i]);
      int skip = prefixed && !special && piece[0] == ' ' ? 1 : 0;
      bytes.write(piece, skip, piece.length - skip);
      prefixed = spacePrefix && special;
    }
    return bytes.toByteArray();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public BoundaryTokens boundaries() {
    return boundaries;
  }

  /** Encodes the parts of one text. */
  private final class Encoder implements SpecialTokenSplitter.Sink {
    private final byte[] utf8;
    private final TokenBuffer out;
    private final PieceMerger merger = new PieceMerger(pieces.merges());

    /** The current part with its spaces escaped. */
    private byte[] part = {};

    /** Where in the part the characters given to the merger start, parallel to its places. */
    private int[] starts = new int[16];

    private boolean prefixDue = spacePrefix;

    Encoder(byte[] utf8, TokenBuffer out) {
      this.utf8 = utf8;
      this.out = out;
    }

    @Override
    public void token(int id) {
      out.add(id);
      prefixDue = spacePrefix;
    }

    @Override
    public void text(int from, int to) {
      part = escapeSpaces(from, to);
      prefixDue = false;
      int before = SentencePieces.NONE;
      for (int i = 0; i < part.length; i += sequenceSize(i)) {
        int piece = piece(i);
        // Merging never goes across two characters that are neighbours in no token.
        if (i > 0 && !pieces.areNeighbours(before, piece)) {
          flush();
        }
        add(piece, i);
        before = piece;
      }
      flush();
    }

    private byte[] escapeSpaces(int from, int to) {
      int spaces = prefixDue ? 1 : 0;
      for (int i = from; i < to; i++) {
        spaces += utf8[i] == ' ' ? 1 : 0;
      }
      int size = to - from + spaces * (ESCAPED_SPACE.length - 1) + (prefixDue ? 1 : 0);
      ByteBuffer escaped = ByteBuffer.allocate(size);
      if (prefixDue) {
        escaped.put(ESCAPED_SPACE);
      }
      for (int i = from; i < to; i++) {
        if (utf8[i] == ' ') {
          escaped.put(ESCAPED_SPACE);
        } else {
          escaped.put(utf8[i]);
        }
      }
      return escaped.array();
    }

    private void add(int piece, int start) {
      if (merger.size() == starts.length) {
        starts = Arrays.copyOf(starts, Math.multiplyExact(starts.length, 2));
      }
      starts[merger.size()] = start;
      merger.add(piece);
    }

    private void flush() {
      merger.merge();
      for (int place = 0; place >= 0; place = merger.next(place)) {
        int piece = merger.piece(place);
        if (piece >= 0 && piece < vocabulary.size()) {
          out.add(piece);
        } else {
          addBytes(starts[place], starts[place] + sequenceSize(starts[place]));
        }
      }
      merger.clear();
    }

    private void addBytes(int from, int to) {
      for (int i = from; i < to; i++) {
        int id = byteTokens[part[i] & 0xFF];
        if (id == Vocabulary.NONE) {
          throw new TokenizerException(
              String.format(
                  "Cannot tokenize: the vocabulary has no token for the byte 0x%02X", part[i]));
        }
        out.add(id);
      }
    }

    /** Bytes of a character as its first byte has it, whatever follows. */
    private int sequenceSize(int i) {
      int lead = part[i] & 0xFF;
      int size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      return Math.min(size, part.length - i);
    }

    /** The character that starts there, if its bytes are the only ones to spell it. */
    private int piece(int i) {
      int codePoint = Utf8.codePoint(part, i, part.length);
      return codePoint != Utf8.INVALID && Utf8.size(codePoint) == Utf8.size(part[i])
          ? pieces.of(codePoint)
          : SentencePieces.NONE;
    }
  }
}
