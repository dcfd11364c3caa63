package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChunkGroupTest {

  private static TokenizedCorpus corpus(int contextLength, int chunks) {
    return TokenizedCorpus.of(
        "text", new int[contextLength * chunks], contextLength, chunks, OptionalInt.empty());
  }

  @Test
  void everySlotGetsAGroup() {
    assertThat(ChunkGroup.group(List.of(corpus(128, 6)), 3, (corpus, chunk) -> false))
        .containsExactly(new ChunkGroup(0, 0, 2), new ChunkGroup(0, 2, 2), new ChunkGroup(0, 4, 2));
  }

  @Test
  void groupsStayWithinACorpusAndSmall() {
    assertThat(
            ChunkGroup.group(
                List.of(corpus(2048, 3), corpus(2048, 2)), 1, (corpus, chunk) -> false))
        .containsExactly(new ChunkGroup(0, 0, 2), new ChunkGroup(0, 2, 1), new ChunkGroup(1, 0, 2));
  }

  @Test
  void chunksThatAreDoneAreLeftOut() {
    assertThat(
            ChunkGroup.group(
                List.of(corpus(128, 6)), 1, (corpus, chunk) -> chunk == 0 || chunk == 3))
        .containsExactly(new ChunkGroup(0, 1, 2), new ChunkGroup(0, 4, 2));
  }

  @Test
  void contextsLongerThanAGroupGoOneByOne() {
    assertThat(ChunkGroup.group(List.of(corpus(8192, 2)), 1, (corpus, chunk) -> false))
        .containsExactly(new ChunkGroup(0, 0, 1), new ChunkGroup(0, 1, 1));
  }
}
