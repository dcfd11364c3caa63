package dev.sparkquant.job;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sparkquant.eval.divergence.Corpus;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/** A corpus that is ready to evaluate models on, in a form that travels. Immutable. */
public final class TokenizedCorpus {
  private final String name;
  private final int[] tokens;
  private final int contextLength;
  private final int chunks;
  private final int firstToken;

  private TokenizedCorpus(
      String name, int[] tokens, int contextLength, int chunks, int firstToken) {
    this.name = name;
    this.tokens = tokens;
    this.contextLength = contextLength;
    this.chunks = chunks;
    this.firstToken = firstToken;
  }

  /**
   * Cuts a tokenized text.
   *
   * @param name what tables and messages call it
   * @param contextLength tokens a chunk
   * @param mostChunks chunks wanted; fewer if the text has fewer
   * @param firstToken the token that models see in place of every chunk's first, if any
   * @throws dev.sparkquant.eval.divergence.EvaluationException if the text is too short
   */
  public static TokenizedCorpus of(
      String name, int[] tokens, int contextLength, int mostChunks, OptionalInt firstToken) {
    int chunks = Corpus.of(tokens, contextLength, mostChunks, firstToken).chunks();
    // Two chunks' tokens are the least that a corpus has.
    int kept = Math.max(chunks, 2) * contextLength;
    return new TokenizedCorpus(
        name, Arrays.copyOf(tokens, kept), contextLength, chunks, firstToken.orElse(-1));
  }

  /**
   * The corpus of a file of base logits.
   *
   * @param name of the file
   * @param corpus that the file holds
   * @param mostChunks chunks wanted; fewer if the file has fewer
   * @param firstToken as above
   */
  public static TokenizedCorpus ofLogits(
      String name, Corpus corpus, int mostChunks, OptionalInt firstToken) {
    return new TokenizedCorpus(
        name,
        corpus.tokens(),
        corpus.contextLength(),
        Math.min(corpus.chunks(), mostChunks),
        firstToken.orElse(-1));
  }

  public String name() {
    return name;
  }

  /** Tokens a chunk. */
  public int contextLength() {
    return contextLength;
  }

  /** Chunks to evaluate. */
  public int chunks() {
    return chunks;
  }

  /** The text to cut into chunks, unless a file of base logits holds it. */
  Corpus corpus() {
    return Corpus.of(tokens, contextLength, chunks, firstToken());
  }

  OptionalInt firstToken() {
    return firstToken < 0 ? OptionalInt.empty() : OptionalInt.of(firstToken);
  }

  /** The tokens, read only. */
  IntBuffer tokens() {
    return IntBuffer.wrap(tokens).asReadOnlyBuffer();
  }

  /** Has Kryo write a corpus field by field. */
  static final class InKryo extends Serializer<TokenizedCorpus> {
    InKryo() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, TokenizedCorpus corpus) {
      output.writeString(corpus.name);
      output.writeInt(corpus.tokens.length);
      output.writeInts(corpus.tokens);
      output.writeInt(corpus.contextLength);
      output.writeInt(corpus.chunks);
      output.writeInt(corpus.firstToken);
    }

    @Override
    public TokenizedCorpus read(Kryo kryo, Input input, Class<TokenizedCorpus> type) {
      return new TokenizedCorpus(
          input.readString(),
          input.readInts(input.readInt()),
          input.readInt(),
          input.readInt(),
          input.readInt());
    }
  }
}
