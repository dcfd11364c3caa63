package dev.sparkquant.eval.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Byte-level BPE, as GPT-2 has it: text is cut into words, a word into bytes, and neighbours are
 * merged, the earliest merge of the vocabulary first. Source: {@code llm_tokenizer_bpe_session}.
 */
final class BytePairTokenizer implements Tokenizer {
  /** llama.cpp's default for models that name no beginning or end of a sequence: Falcon's. */
  private static final int DEFAULT_BOUNDARY = 11;

  private final Vocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final BoundaryTokens boundaries;
  private final SpecialTokenSplitter specials;
  private final BytePairs pairs;

  private BytePairTokenizer(
      Vocabulary vocabulary,
      PreTokenizer preTokenizer,
      BoundaryTokens boundaries,
      BytePairs pairs) {
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer;
    this.boundaries = boundaries;
    this.specials = new SpecialTokenSplitter(vocabulary);
    this.pairs = pairs;
  }

  static BytePairTokenizer from(VocabularyMetadata source) {
    PreTokenizer preTokenizer = PreTokenizers.of(source.optionalString("pre").orElse(""));
    Vocabulary vocabulary = Vocabulary.from(source);
    List<String> merges =
        preTokenizer.needsMerges()
            ? source.strings("merges")
            : source.optionalStrings("merges").orElse(List.of());
    int bos = preTokenizer.defaultBos() ? DEFAULT_BOUNDARY : -1;
    BoundaryTokens boundaries =
        BoundaryTokens.from(
            source, vocabulary.size(), bos, DEFAULT_BOUNDARY, preTokenizer.addsBos());
    return new BytePairTokenizer(
        vocabulary, preTokenizer, boundaries, new BytePairs(vocabulary, merges));
  }

  @Override
  public int[] encode(byte[] utf8, boolean addSpecial, boolean parseSpecial) {
    TokenBuffer out = new TokenBuffer();
    if (addSpecial) {
      boundaries.begin(out);
    }
    WordEncoder words = new WordEncoder(out);
    specials.split(
        utf8,
        parseSpecial,
        new SpecialTokenSplitter.Sink() {
          @Override
          public void text(int from, int to) {
            CodePointText text = CodePointText.decode(utf8, from, to);
            preTokenizer.split(text, (a, b) -> words.encode(text, a, b));
          }

          @Override
          public void token(int id) {
            out.add(id);
          }
        });
    if (addSpecial) {
      boundaries.end(out);
    }
    return out.toArray();
  }

  @Override
  public byte[] piece(int id) {
    String text = vocabulary.text(id);
    return vocabulary.kinds().isSpecial(id)
        ? text.getBytes(StandardCharsets.UTF_8)
        : ByteAlphabet.read(text);
  }

  @Override
  public byte[] decode(int[] ids, boolean removeSpecial) {
    int from = removeSpecial && boundaries.beginsWithAdded(ids) ? 1 : 0;
    int to = removeSpecial && boundaries.endsWithAdded(ids) ? ids.length - 1 : ids.length;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      bytes.writeBytes(piece(ids[i]));
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

  /** Encodes words one after the other into a buffer. */
  private final class WordEncoder {
    private final PieceMerger merger = new PieceMerger(pairs.merges());
    private final TokenBuffer out;
    private byte[] bytes = new byte[64];

    WordEncoder(TokenBuffer out) {
      this.out = out;
    }

    void encode(CodePointText text, int from, int to) {
      if (bytes.length / 4 < to - from) {
        bytes = new byte[Math.multiplyExact(to - from, 4)];
      }
      int length = text.toUtf8(from, to, bytes);
      if (preTokenizer.ignoreMerges()) {
        int id = vocabulary.id(ByteAlphabet.write(bytes, length));
        if (id != Vocabulary.NONE) {
          out.add(id);
          return;
        }
      }
      merger.clear();
      for (int i = 0; i < length; i++) {
        merger.add(pairs.of(bytes[i]));
      }
      merger.merge();
      for (int place = 0; place >= 0; place = merger.next(place)) {
        for (int id : pairs.tokens(merger.piece(place))) {
          out.add(id);
        }
      }
    }
  }
}
