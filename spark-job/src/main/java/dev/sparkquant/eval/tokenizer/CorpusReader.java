package dev.sparkquant.eval.tokenizer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a corpus to evaluate models on: text, or token ids that need no tokenizer. */
public final class CorpusReader {
  /** No token id is longer, with some leading zeros. */
  private static final int MAX_DIGITS = 32;

  private CorpusReader() {}

  /**
   * The tokens of a text, as {@code llama-perplexity} makes them of its {@code --file}: one newline
   * at the end is dropped, the whole is encoded at once, the beginning-of-sequence token is added
   * if the vocabulary says so, and control tokens spelt out in the text are text. (It calls {@code
   * common_tokenize(ctx, prompt, add_special = true)}, where {@code parse_special} is false; it
   * does not run with vocabularies that add an end-of-sequence token.)
   */
  public static int[] text(byte[] utf8, Tokenizer tokenizer) {
    boolean newline = utf8.length > 0 && utf8[utf8.length - 1] == '\n';
    return tokenizer.encode(
        newline ? Arrays.copyOf(utf8, utf8.length - 1) : utf8,
        /* addSpecial= */ true,
        /* parseSpecial= */ false);
  }

  /**
   * Token ids written as decimal numbers with white space between them. Nothing is added to them.
   *
   * @param in is read to its end and left open
   * @param name what to call the corpus in messages
   * @param vocabularySize ids are below
   * @throws TokenizerException if there is something else; the message names the line
   */
  public static int[] tokenIds(InputStream in, String name, int vocabularySize) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    TokenBuffer ids = new TokenBuffer();
    StringBuilder word = new StringBuilder();
    int line = 1;
    int c;
    do {
      c = buffered.read();
      boolean space = c == ' ' || (c >= '\t' && c <= '\r');
      if (c >= 0 && !space) {
        word.append((char) c);
        if (word.length() > MAX_DIGITS) {
          throw noTokenId(name, line, word + "...");
        }
      } else if (word.length() > 0) {
        ids.add(tokenId(word.toString(), name, line, vocabularySize));
        word.setLength(0);
      }
      if (c == '\n') {
        line++;
      }
    } while (c >= 0);
    return ids.toArray();
  }

  private static int tokenId(String word, String name, int line, int vocabularySize) {
    if (!word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw noTokenId(name, line, word);
    }
    int id;
    try {
      id = Integer.parseInt(word);
    } catch (NumberFormatException e) {
      id = Integer.MAX_VALUE;
    }
    if (id >= vocabularySize) {
      throw new TokenizerException(
          "Cannot use corpus "
              + name
              + ": line "
              + line
              + ": token id "
              + word
              + " is not in the vocabulary of "
              + vocabularySize
              + " tokens");
    }
    return id;
  }

  private static TokenizerException noTokenId(String name, int line, String word) {
    return new TokenizerException(
        "Cannot use corpus " + name + ": line " + line + ": '" + word + "' is no token id");
  }
}
