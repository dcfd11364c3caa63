package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private final int[] tokens = IntStream.range(100, 135).toArray();

  @Test
  void textIsCutIntoWholeChunks() {
    Corpus corpus = Corpus.of(tokens, 10, Integer.MAX_VALUE, OptionalInt.empty());

    assertThat(corpus.chunks()).isEqualTo(3);
    assertThat(corpus.tokens()).isEqualTo(IntStream.range(100, 130).toArray());
    assertThat(corpus.input(2)).isEqualTo(IntStream.range(120, 130).toArray());
    assertThat(Corpus.of(tokens, 10, 2, OptionalInt.empty()).tokens()).hasSize(20);
  }

  @Test
  void firstTokenOfEveryChunkIsReplacedForTheModelOnly() {
    Corpus corpus = Corpus.of(tokens, 10, 2, OptionalInt.of(1));

    assertThat(corpus.input(1)).startsWith(1, 111).hasSize(10);
    assertThat(corpus.targets(1)).startsWith(110, 111);
  }

  @Test
  void secondHalfIsScoredButForTheLastToken() {
    assertThat(new ScoredPositions(512).first()).isEqualTo(256);
    assertThat(new ScoredPositions(512).count()).isEqualTo(255);
    assertThat(new ScoredPositions(11).first()).isEqualTo(5);
    assertThat(new ScoredPositions(11).count()).isEqualTo(5);
  }

  @Test
  void shortTextsAreRefused() {
    assertThatThrownBy(() -> Corpus.of(tokens, 18, 1, OptionalInt.empty()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "Cannot evaluate with a context of 18 tokens: the text must have at least 36 tokens,"
                + " but has 35");
    assertThatThrownBy(() -> Corpus.of(tokens, 2, 1, OptionalInt.empty()))
        .hasMessage("Cannot evaluate with a context of 2 tokens: at least 3 are needed");
    assertThatThrownBy(() -> Corpus.of(tokens, 10, 0, OptionalInt.empty()))
        .hasMessage("Cannot evaluate 0 chunks: ask for at least 1");
  }
}
