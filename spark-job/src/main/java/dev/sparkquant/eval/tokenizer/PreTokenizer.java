package dev.sparkquant.eval.tokenizer;

import java.util.List;

/**
 * How a byte-level BPE vocabulary cuts text into words, and what llama.cpp derives from its name
 * besides.
 *
 * @param stages applied one after the other, each to the pieces of the one before
 * @param ignoreMerges whether a word that is a token is that token, whatever the merges say
 * @param addsBos whether sequences start with the beginning-of-sequence token unless the metadata
 *     says otherwise
 * @param defaultBos whether there is a beginning-of-sequence token if the metadata names none
 * @param needsMerges whether a vocabulary without merges is an error
 */
record PreTokenizer(
    List<Splitter> stages,
    boolean ignoreMerges,
    boolean addsBos,
    boolean defaultBos,
    boolean needsMerges) {

  PreTokenizer {
    stages = List.copyOf(stages);
  }

  /** A pre-tokenizer that obeys the merges, needs them, and adds no token. */
  static PreTokenizer of(Splitter... stages) {
    return new PreTokenizer(List.of(stages), false, false, true, true);
  }

  PreTokenizer ignoringMerges() {
    return new PreTokenizer(stages, true, addsBos, defaultBos, needsMerges);
  }

  PreTokenizer addingBos() {
    return new PreTokenizer(stages, ignoreMerges, true, defaultBos, needsMerges);
  }

  PreTokenizer withoutDefaultBos() {
    return new PreTokenizer(stages, ignoreMerges, addsBos, false, needsMerges);
  }

  PreTokenizer withOptionalMerges() {
    return new PreTokenizer(stages, ignoreMerges, addsBos, defaultBos, false);
  }

  /** Hands the words of a text to {@code words}, in order. */
  void split(CodePointText text, Splitter.Sink words) {
    if (text.length() > 0) {
      split(text, 0, 0, text.length(), words);
    }
  }

  private void split(CodePointText text, int stage, int from, int to, Splitter.Sink words) {
    if (stage == stages.size()) {
      words.piece(from, to);
    } else {
      stages.get(stage).split(text, from, to, (a, b) -> split(text, stage + 1, a, b, words));
    }
  }
}
