package dev.sparkquant.report.html;

/** What a text is called where room is short. */
final class CorpusName {
  private CorpusName() {}

  /** The file's name without its folder. */
  static String shortened(String corpus) {
    return corpus.substring(corpus.lastIndexOf('/') + 1);
  }
}
