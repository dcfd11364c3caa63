package dev.sparkquant.report.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static List<ChunkMeans.Chunk> chunks(int count, long tokens) {
    List<ChunkMeans.Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(new ChunkMeans.Chunk("text", i, tokens));
    }
    return chunks;
  }

  @Test
  void isTheMeanOfDifferencesWithItsError() {
    Difference difference =
        Difference.paired(new double[] {3, 5, 7}, new double[] {2, 3, 4}, chunks(3, 10));

    assertThat(difference.value()).isCloseTo(2, within(1e-12));
    assertThat(difference.error()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(difference.halfWidth()).isCloseTo(4.303 / Math.sqrt(3), within(1e-9));
  }

  @Test
  void whatBothSufferAlikeIsNoNoise() {
    Random random = new Random(3);
    double[] first = new double[40];
    double[] second = new double[40];
    for (int i = 0; i < first.length; i++) {
      double hardness = random.nextDouble();
      first[i] = hardness + 0.01 + 0.001 * random.nextGaussian();
      second[i] = hardness;
    }

    assertThat(Difference.paired(first, second, chunks(40, 256)).withinNoise()).isFalse();
  }

  @Test
  void scatterAroundNothingIsNoise() {
    double[] first = {1, 2, 1, 2};
    double[] second = {2, 1, 2, 1};

    assertThat(Difference.paired(first, second, chunks(4, 256)).withinNoise()).isTrue();
  }

  @Test
  void chunksCountByTheirTokens() {
    List<ChunkMeans.Chunk> chunks =
        List.of(new ChunkMeans.Chunk("a", 0, 30), new ChunkMeans.Chunk("b", 0, 10));

    assertThat(Difference.paired(new double[] {1, 5}, new double[] {0, 0}, chunks).value())
        .isCloseTo(2, within(1e-12));
  }
}
