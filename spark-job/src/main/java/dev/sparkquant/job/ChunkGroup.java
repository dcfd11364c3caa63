package dev.sparkquant.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Consecutive chunks of one corpus that a task takes through the models together.
 *
 * @param corpus index of the corpus
 */
record ChunkGroup(int corpus, int firstChunk, int chunks) {
  /**
   * Tokens beyond which a group does not get cheaper: reading and decoding weights is then a few
   * percent of the work. Small groups finish early and are lost cheaply.
   */
  private static final int MOST_TOKENS = 4096;

  /**
   * Groups all chunks but those that are done.
   *
   * @param slots tasks that can run at a time: each gets a group if there are enough chunks
   * @param done whether the chunk of the corpus is done
   */
  static List<ChunkGroup> group(
      List<TokenizedCorpus> corpora, int slots, BiPredicate<Integer, Integer> done) {
    int all = corpora.stream().mapToInt(TokenizedCorpus::chunks).sum();
    int fair = Math.max(1, all / Math.max(1, slots));
    List<ChunkGroup> groups = new ArrayList<>();
    for (int corpus = 0; corpus < corpora.size(); corpus++) {
      TokenizedCorpus text = corpora.get(corpus);
      int most = Math.min(fair, Math.max(1, MOST_TOKENS / text.contextLength()));
      int first = 0;
      while (first < text.chunks()) {
        int end = first;
        while (end < text.chunks() && end - first < most && !done.test(corpus, end)) {
          end++;
        }
        if (end > first) {
          groups.add(new ChunkGroup(corpus, first, end - first));
        }
        first = Math.max(end, first + 1);
      }
    }
    return groups;
  }
}
