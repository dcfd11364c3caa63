package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The queue merges in the same order as looking for the best pair again after each merge. */
class PieceMergerTest {

  @Test
  void mergesAsTheDefinitionSays() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      MergeTable merges = new MergeTable(1);
      int kinds = 2 + random.nextInt(5);
      int ranks = 1 + random.nextInt(20);
      int results = kinds + random.nextInt(30);
      for (int i = 0; i < 60; i++) {
        // A merged piece has a larger number than its parts, as a longer text has.
        int left = random.nextInt(results);
        int right = random.nextInt(results);
        int merged = Math.max(left, right) + 1 + random.nextInt(5);
        merges.put(left, right, random.nextInt(ranks), merged);
      }
      PieceMerger merger = new PieceMerger(merges);
      for (int text = 0; text < 5; text++) {
        List<Integer> pieces = new ArrayList<>();
        int length = 1 + random.nextInt(60);
        while (pieces.size() < length) {
          pieces.add(random.nextInt(kinds + 1) - 1);
        }
        merger.clear();
        pieces.forEach(merger::add);
        merger.merge();
        List<Integer> merged = new ArrayList<>();
        for (int place = 0; place >= 0; place = merger.next(place)) {
          merged.add(merger.piece(place));
        }
        assertThat(merged)
            .as("seed %d, text %d: %s", seed, text, pieces)
            .isEqualTo(mergeSlowly(pieces, merges));
      }
    }
  }

  private static List<Integer> mergeSlowly(List<Integer> given, MergeTable merges) {
    List<Integer> pieces = new ArrayList<>(given);
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < pieces.size(); i++) {
        int merge = merges.find(pieces.get(i), pieces.get(i + 1));
        if (merge != MergeTable.NONE && merges.rank(merge) < bestRank) {
          best = i;
          bestRank = merges.rank(merge);
        }
      }
      if (best < 0) {
        return pieces;
      }
      int right = pieces.remove(best + 1);
      pieces.set(best, merges.merged(merges.find(pieces.get(best), right)));
    }
  }
}
