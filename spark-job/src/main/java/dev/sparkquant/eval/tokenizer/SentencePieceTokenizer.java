package dev.sparkquant.eval.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

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
  private static final int ESCAPED_SPACE = 0x2581;

  private static final byte[] ESCAPED_SPACE_UTF8 =
      Character.toString(ESCAPED_SPACE).getBytes(StandardCharsets.UTF_8);

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
    if (vocabulary.kinds().isByte(id)) {
      return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
    }
    String shown =
        vocabulary.kinds().isSpecial(id) ? text : text.replace((char) ESCAPED_SPACE, ' ');
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] decode(int... ids) {
    int from = boundaries.beginsWithAdded(ids) ? 1 : 0;
    int to = boundaries.endsWithAdded(ids) ? ids.length - 1 : ids.length;
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
  public OptionalInt bos() {
    return boundaries.bos();
  }

  @Override
  public OptionalInt eos() {
    return boundaries.eos();
  }

  @Override
  public boolean addsBos() {
    return boundaries.addsBos();
  }

  @Override
  public boolean addsEos() {
    return boundaries.addsEos();
  }

  /** Encodes the parts of one text. */
  private final class Encoder implements SpecialTokenSplitter.Sink {
    /** The place of a space that the text does not have. */
    private static final int ADDED = -1;

    private final byte[] utf8;
    private final TokenBuffer out;
    private final PieceMerger merger = new PieceMerger(pieces.merges());

    /** Where the characters given to the merger start, parallel to its places. */
    private int[] starts = new int[16];

    private int lastPiece;
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
      merger.clear();
      if (prefixDue) {
        add(pieces.of(ESCAPED_SPACE), ADDED, to);
        prefixDue = false;
      }
      for (int i = from; i < to; i += sequenceSize(i, to)) {
        int piece = utf8[i] == ' ' ? pieces.of(ESCAPED_SPACE) : pieces.of(codePoint(i, to));
        add(piece, i, to);
      }
      flush(to);
    }

    /** Merging never goes across two characters that are neighbours in no token. */
    private void add(int piece, int start, int to) {
      if (merger.size() > 0 && !pieces.areNeighbours(lastPiece, piece)) {
        flush(to);
      }
      if (merger.size() == starts.length) {
        starts = Arrays.copyOf(starts, Math.multiplyExact(starts.length, 2));
      }
      starts[merger.size()] = start;
      merger.add(piece);
      lastPiece = piece;
    }

    private void flush(int to) {
      merger.merge();
      for (int place = 0; place >= 0; place = merger.next(place)) {
        int piece = merger.piece(place);
        if (piece >= 0 && piece < vocabulary.size()) {
          out.add(piece);
        } else if (starts[place] == ADDED || utf8[starts[place]] == ' ') {
          bytes(ESCAPED_SPACE_UTF8, 0, ESCAPED_SPACE_UTF8.length);
        } else {
          bytes(utf8, starts[place], starts[place] + sequenceSize(starts[place], to));
        }
      }
      merger.clear();
    }

    private void bytes(byte[] source, int from, int to) {
      for (int i = from; i < to; i++) {
        int id = byteTokens[source[i] & 0xFF];
        if (id == Vocabulary.NONE) {
          throw new TokenizerException(
              String.format(
                  "Cannot tokenize: the vocabulary has no token for the byte 0x%02X", source[i]));
        }
        out.add(id);
      }
    }

    /** Bytes of a character as its first byte has it, whatever follows. */
    private int sequenceSize(int i, int to) {
      int lead = utf8[i] & 0xFF;
      int size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      return Math.min(size, to - i);
    }

    /** The code point that starts there, or -1 if the bytes there are not UTF-8. */
    private int codePoint(int i, int to) {
      int size = sequenceSize(i, to);
      if (size == 1) {
        return utf8[i];
      }
      int codePoint = utf8[i] & (0x7F >> size);
      for (int k = 1; k < size; k++) {
        if ((utf8[i + k] & 0xC0) != 0x80) {
          return -1;
        }
        codePoint = codePoint << 6 | (utf8[i + k] & 0x3F);
      }
      return size == utf8Size(codePoint) ? codePoint : -1;
    }

    private static int utf8Size(int codePoint) {
      return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
  }
}
