package dev.sparkquant.eval.tokenizer;

import java.util.OptionalInt;

/**
 * The tokens that mark the beginning and the end of a sequence, and whether encoding adds them.
 *
 * @param bos the beginning-of-sequence token, if there is one
 * @param eos the end-of-sequence token, if there is one
 * @param addsBos whether sequences start with {@code bos}; only if there is one
 * @param addsEos whether sequences end with {@code eos}; only if there is one
 */
public record BoundaryTokens(OptionalInt bos, OptionalInt eos, boolean addsBos, boolean addsEos) {

  /**
   * What the metadata say, and the given defaults where they say nothing.
   *
   * @param size of the vocabulary; ids beyond count as not given
   * @param bos default id, negative for none
   * @param eos default id, negative for none
   * @throws TokenizerException if a token is to be added that there is not
   */
  static BoundaryTokens from(
      VocabularyMetadata source, int size, int bos, int eos, boolean addsBos) {
    BoundaryTokens tokens =
        new BoundaryTokens(
            id(source, "bos_token_id", size, bos),
            id(source, "eos_token_id", size, eos),
            source.optionalBool("add_bos_token").orElse(addsBos),
            source.optionalBool("add_eos_token").orElse(false));
    if (tokens.addsBos && tokens.bos.isEmpty()) {
      throw missing("bos");
    }
    if (tokens.addsEos && tokens.eos.isEmpty()) {
      throw missing("eos");
    }
    return tokens;
  }

  void begin(TokenBuffer out) {
    if (addsBos) {
      out.add(bos.orElseThrow());
    }
  }

  void end(TokenBuffer out) {
    if (addsEos) {
      out.add(eos.orElseThrow());
    }
  }

  /** Whether {@code ids} starts with the token that {@link #begin} adds. */
  boolean beginsWithAdded(int[] ids) {
    return addsBos && ids.length > 0 && ids[0] == bos.orElseThrow();
  }

  /** Whether {@code ids} ends with the token that {@link #end} adds. */
  boolean endsWithAdded(int[] ids) {
    return addsEos && ids.length > 0 && ids[ids.length - 1] == eos.orElseThrow();
  }

  private static OptionalInt id(VocabularyMetadata source, String name, int size, int otherwise) {
    long given = source.optionalInteger(name).orElse(-1);
    long id = given >= 0 && given < size ? given : otherwise;
    return id >= 0 && id < size ? OptionalInt.of((int) id) : OptionalInt.empty();
  }

  private static TokenizerException missing(String which) {
    return new TokenizerException(
        "Cannot tokenize: "
            + VocabularyMetadata.key("add_" + which + "_token")
            + " is true, but there is no "
            + VocabularyMetadata.key(which + "_token_id"));
  }
}
