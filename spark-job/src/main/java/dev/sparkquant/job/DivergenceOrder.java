package dev.sparkquant.job;

import java.util.List;

/**
 * What is compared with what, and on which texts; every task of a run knows it.
 *
 * @param base the base model's first file; null if its saved logits are used
 * @param baseLogits a file of base logits; null if the base model is run. Then there is one corpus:
 *     the file's own
 * @param models first files of the models under test
 * @param corpora in the order of all results
 * @param saveLogits the local file that receives the base's logits of the only corpus, or null
 */
public record DivergenceOrder(
    String base,
    String baseLogits,
    List<String> models,
    List<TokenizedCorpus> corpora,
    String saveLogits) {

  public DivergenceOrder {
    models = List.copyOf(models);
    corpora = List.copyOf(corpora);
    if ((base == null) == (baseLogits == null)) {
      throw new IllegalArgumentException("Cannot compare with both a model and saved logits");
    }
    if ((baseLogits != null || saveLogits != null) && corpora.size() != 1) {
      throw new IllegalArgumentException("Cannot keep the logits of several corpora in one file");
    }
  }

  /** Chunks of all corpora. */
  public int chunks() {
    return corpora.stream().mapToInt(TokenizedCorpus::chunks).sum();
  }

  /**
   * The same, with the base's logits saved.
   *
   * @param file that receives them
   */
  public DivergenceOrder savingTo(String file) {
    return new DivergenceOrder(base, baseLogits, models, corpora, file);
  }
}
