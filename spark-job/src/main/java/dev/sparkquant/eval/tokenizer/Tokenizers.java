package dev.sparkquant.eval.tokenizer;

import dev.sparkquant.gguf.Metadata;

/** Makes tokenizers of GGUF metadata. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * The tokenizer of a model, from its {@code tokenizer.ggml.*} metadata: byte-level BPE ({@code
   * gpt2}) with any of the pre-tokenizers of {@link PreTokenizers#names()}, or SentencePiece
   * ({@code llama}). Source: {@code llama_vocab::impl::load} in llama.cpp.
   *
   * @throws TokenizerException if there is no vocabulary, if it is of another kind, or if it
   *     contradicts itself
   */
  public static Tokenizer from(Metadata metadata) {
    VocabularyMetadata source = new VocabularyMetadata(metadata);
    String model = source.string("model");
    return switch (model) {
      case "gpt2" -> BytePairTokenizer.from(source);
      case "llama" -> SentencePieceTokenizer.from(source);
      default ->
          throw new TokenizerException(
              "Cannot tokenize: tokenizer.ggml.model is '"
                  + model
                  + "', known are gpt2 (byte-level BPE) and llama (SentencePiece);"
                  + " give the corpus as token ids instead");
    };
  }
}
