package dev.sparkquant.eval.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

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
  private final MergeTable merges;

  /** The piece of each single byte. */
  private final int[] bytePieces = new int[256];

  /** The tokens that each piece becomes: one, or what there is for its parts. */
  private final int[][] outputs;

  private BytePairTokenizer(
      Vocabulary vocabulary,
      PreTokenizer preTokenizer,
      BoundaryTokens boundaries,
      List<String> mergeLines) {
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer;
    this.boundaries = boundaries;
    this.specials = new SpecialTokenSplitter(vocabulary);
    this.merges = new MergeTable(mergeLines.size());
    Map<String, Integer> pieces = new HashMap<>(2 * mergeLines.size());
    List<String> texts = new ArrayList<>(mergeLines.size());
    for (int b = 0; b < 256; b++) {
      bytePieces[b] = piece(pieces, texts, String.valueOf(ByteAlphabet.character((byte) b)));
    }
    for (int rank = 0; rank < mergeLines.size(); rank++) {
      String line = mergeLines.get(rank);
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
    outputs = texts.stream().map(this::output).toArray(int[][]::new);
  }

  static BytePairTokenizer from(VocabularyMetadata source) {
    String name = source.optionalString("pre").orElse("");
    PreTokenizer preTokenizer = PreTokenizers.of(name);
    Vocabulary vocabulary = Vocabulary.from(source);
    List<String> merges =
        name.equals("kimi-k2")
            ? source.optionalStrings("merges").orElse(List.of())
            : source.strings("merges");
    int bos = name.equals("glm4") || name.equals("chatglm-bpe") ? -1 : DEFAULT_BOUNDARY;
    BoundaryTokens boundaries =
        BoundaryTokens.from(
            source, vocabulary.size(), bos, DEFAULT_BOUNDARY, preTokenizer.addsBos());
    return new BytePairTokenizer(vocabulary, preTokenizer, boundaries, merges);
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
  public byte[] decode(int... ids) {
    int from = boundaries.beginsWithAdded(ids) ? 1 : 0;
    int to = boundaries.endsWithAdded(ids) ? ids.length - 1 : ids.length;
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

  private static int piece(Map<String, Integer> pieces, List<String> texts, String text) {
    Integer known = pieces.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /**
   * A piece that is no token falls apart into the bytes of its text, as written in {@link
   * ByteAlphabet}; of those only ASCII ones can be tokens, the others vanish. (Vocabularies that
   * hold all 256 bytes and all merges never get here.)
   */
  private int[] output(String text) {
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

  /** Encodes words one after the other into a buffer. */
  private final class WordEncoder {
    private final PieceMerger merger = new PieceMerger(merges);
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
        merger.add(bytePieces[bytes[i] & 0xFF]);
      }
      merger.merge();
      for (int place = 0; place >= 0; place = merger.next(place)) {
        for (int id : outputs[merger.piece(place)]) {
          out.add(id);
        }
      }
    }
  }
}
