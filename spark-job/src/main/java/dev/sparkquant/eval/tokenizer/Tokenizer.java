package dev.sparkquant.eval.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * Turns text into token ids and back, as {@code llama_tokenize} does for the same vocabulary.
 *
 * <p>Text is taken as it is, without normalisation. Instances are immutable and may be shared
 * between threads.
 */
public interface Tokenizer {

  /**
   * The ids of a text.
   *
   * <p>Time grows a little faster than linearly with the text; beyond text and ids, memory is at
   * most some ten bytes a byte of text, or sixty where there is nothing in it to cut it at.
   *
   * @param utf8 the text; bytes that are not UTF-8 are treated as llama.cpp treats them: byte-level
   *     BPE reads each as U+FFFD, SentencePiece keeps them as byte tokens
   * @param addSpecial whether to put the beginning-of-sequence token in front, and the
   *     end-of-sequence token behind, where the vocabulary says so ({@link #boundaries()})
   * @param parseSpecial whether the text of a control token ({@code <s>}) stands for that token;
   *     tokens that the vocabulary calls user-defined are recognised in any case
   * @throws TokenizerException if the vocabulary has no token for a byte of the text
   */
  int[] encode(byte[] utf8, boolean addSpecial, boolean parseSpecial);

  /** The ids of a text; unpaired surrogates count as question marks. */
  default int[] encode(String text, boolean addSpecial, boolean parseSpecial) {
    return encode(text.getBytes(StandardCharsets.UTF_8), addSpecial, parseSpecial);
  }

  /**
   * The bytes a token stands for: {@code llama_token_to_piece} with special tokens shown as their
   * text. They need not be UTF-8: a character may span several tokens.
   */
  byte[] piece(int id);

  /**
   * The text that {@link #encode} made these ids of, if it was valid UTF-8: the pieces in sequence,
   * without the spaces that SentencePiece adds. (Unlike {@code llama_detokenize}, it never drops
   * spaces of the text itself.)
   *
   * @param removeSpecial whether to leave out the beginning- and end-of-sequence token that
   *     encoding with {@code addSpecial} adds
   */
  byte[] decode(int[] ids, boolean removeSpecial);

  /** Number of tokens in the vocabulary; ids are below. */
  int size();

  /** The tokens at the beginning and end of a sequence. */
  BoundaryTokens boundaries();
}
