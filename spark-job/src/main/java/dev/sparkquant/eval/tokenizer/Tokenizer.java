package dev.sparkquant.eval.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Turns text into token ids and back, as {@code llama_tokenize} does for the same vocabulary.
 *
 * <p>No text is refused and none is normalised. Instances are immutable and may be shared between
 * threads.
 */
public interface Tokenizer {

  /**
   * The ids of a text.
   *
   * <p>Time grows a little faster than linearly with the text; beyond text and ids, memory is at
   * most about ten bytes a byte of text, or where the text has no spaces (or their like) to cut it
   * at, sixty.
   *
   * @param utf8 the text; bytes that are not UTF-8 are treated as llama.cpp treats them: byte-level
   *     BPE reads each as U+FFFD, SentencePiece keeps them as byte tokens
   * @param addSpecial whether to put the beginning-of-sequence token in front, and the
   *     end-of-sequence token behind, where the vocabulary says so ({@link #addsBos()}, {@link
   *     #addsEos()})
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
   * The text that {@link #encode} made these ids of, where it was valid UTF-8: the pieces in
   * sequence, without the tokens and spaces that encoding with {@code addSpecial} adds. (Unlike
   * {@code llama_detokenize}, it never drops spaces of the text itself.)
   */
  byte[] decode(int... ids);

  /** Number of tokens in the vocabulary; ids are below. */
  int size();

  /** The beginning-of-sequence token, if there is one. */
  OptionalInt bos();

  /** The end-of-sequence token, if there is one. */
  OptionalInt eos();

  /** Whether sequences start with {@link #bos()}. */
  boolean addsBos();

  /** Whether sequences end with {@link #eos()}. */
  boolean addsEos();
}
