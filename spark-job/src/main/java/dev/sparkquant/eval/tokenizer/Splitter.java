package dev.sparkquant.eval.tokenizer;

/** Cuts a part of a text into pieces. A pre-tokenizer is a sequence of these. */
interface Splitter {

  /**
   * Hands the pieces of the part from {@code from} to {@code to} to {@code sink}, in order, without
   * gaps. Nothing outside the part is looked at.
   */
  void split(CodePointText text, int from, int to, Sink sink);

  /** Takes pieces: ranges of code points. */
  interface Sink {
    void piece(int from, int to);
  }
}
