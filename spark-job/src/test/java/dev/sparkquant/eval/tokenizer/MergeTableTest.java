package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTableTest {

  @Test
  void keepsTheFirstOfEachPairWhileGrowing() {
    long seed = 5;
    Random random = new Random(seed);
    MergeTable table = new MergeTable(1);
    Map<List<Integer>, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int left = random.nextInt(100);
      int right = random.nextInt(300);
      table.put(left, right, i, 7 * i);
      expected.putIfAbsent(List.of(left, right), i);
    }
    for (int left = 0; left < 110; left++) {
      for (int right = 0; right < 310; right++) {
        int merge = table.find(left, right);
        Integer rank = expected.get(List.of(left, right));
        assertThat(merge == MergeTable.NONE)
            .as("seed %d: %d %d", seed, left, right)
            .isEqualTo(rank == null);
        if (rank != null) {
          assertThat(table.rank(merge)).isEqualTo(rank);
          assertThat(table.merged(merge)).isEqualTo(7 * rank);
        }
      }
    }
    assertThat(table.find(-1, 3)).isEqualTo(MergeTable.NONE);
    assertThat(table.find(3, -1)).isEqualTo(MergeTable.NONE);
  }
}
